package kanban

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"cardwall/packages/problem"
)

// LabelsAtMost is how many labels a board can have.
const LabelsAtMost = 100

// Label is a name with a hue that a board's cards can carry.
type Label struct {
	ID        uuid.UUID
	BoardID   uuid.UUID
	Name      string // unique on its board, regardless of case
	Hue       Hue
	Version   int
	CreatedBy uuid.UUID
	Seq       int64
}

// ListedLabel is a label with how many cards carry it, archived ones too.
type ListedLabel struct {
	Label
	CardCount int
}

// NewLabel is a label to be.
type NewLabel struct {
	ID      uuid.UUID
	Name    string
	Hue     Hue
	Version int // the first one; 0 is 1
}

// LabelPatch says what to change of a label: nil leaves a part as it is.
type LabelPatch struct {
	Name *string
	Hue  *Hue
}

// nameKey is what two names have in common that people would call the same; labels are sorted by it.
func nameKey(name string) string {
	return norm.NFC.String(cases.Fold().String(norm.NFC.String(name)))
}

// Labels lists a board's labels by name, and the board's seq; problem.NotFound if the actor isn't a member.
func (s *Service) Labels(ctx context.Context, actor Actor, board uuid.UUID) ([]ListedLabel, int64, error) {
	return s.store.Labels(ctx, actor.ID, board)
}

// CreateLabel adds a label to a board. Sent again with the same id by the same person, it returns that label
// as it is by now, with the seq of the activity that made it. problem.NotFound for an outsider, problem.Forbidden for a
// viewer, problem.Invalid for what is wrong, problem.Conflict for an id in use ("id_taken"), a name in use ("name_taken")
// and one label too many ("too_many_labels").
func (s *Service) CreateLabel(ctx context.Context, actor Actor, board uuid.UUID, id *uuid.UUID, wanted NewLabel) (Label, error) {
	var wrong *problem.Field
	wanted.Name, wrong = cleanName(wanted.Name)
	if err := refuse(wrong, checkHue(wanted.Hue)); err != nil {
		return Label{}, err
	}
	var err error
	if wanted.ID, err = newID(id); err != nil {
		return Label{}, err
	}
	var label Label
	err = s.change(ctx, actor, board, func(c Change) error {
		all, err := c.Labels(ctx)
		if err != nil {
			return err
		}
		if at := slices.IndexFunc(all, func(l Label) bool { return l.ID == wanted.ID }); at >= 0 {
			label = all[at]
			return wanted.again(ctx, c, actor, &label)
		}
		if err := roomFor(all, wanted); err != nil {
			return err
		}
		if label, err = c.CreateLabel(ctx, wanted, nameKey(wanted.Name)); err != nil {
			return err
		}
		return record(ctx, c, Activity{Verb: LabelCreated, Became: labelFacts(label)}, &label.Seq)
	})
	return label, err
}

// again ends a create whose id is in use already. What was made says by which activity that was: the board may have gone on.
func (n NewLabel) again(ctx context.Context, c Change, actor Actor, made *Label) (err error) {
	if made.Seq, err = c.MadeBy(ctx, made.ID); err != nil {
		return err
	}
	return sameAgain(made.CreatedBy, actor, made.Version > 1 || (made.Name == n.Name && made.Hue == n.Hue), nil)
}

func roomFor(all []Label, wanted NewLabel) error {
	if err := nameFree(all, wanted.ID, wanted.Name); err != nil {
		return err
	}
	if len(all) >= LabelsAtMost {
		return problem.New(problem.Conflict, "too_many_labels", "A board can have up to 100 labels. Delete one that is no longer needed first.")
	}
	return nil
}

// nameFree refuses a name that a label other than the given one has.
func nameFree(all []Label, id uuid.UUID, name string) error {
	key := nameKey(name)
	if slices.ContainsFunc(all, func(l Label) bool { return l.ID != id && nameKey(l.Name) == key }) {
		return problem.New(problem.Conflict, "name_taken", "This board has a label of that name already.")
	}
	return nil
}

// UpdateLabel changes a label that was read at a version; a patch that says what is there already changes nothing.
// problem.NotFound, problem.Forbidden, problem.Invalid, problem.PreconditionRequired and problem.Stale as everywhere;
// problem.Conflict ("name_taken") for a name in use.
func (s *Service) UpdateLabel(ctx context.Context, actor Actor, board, id uuid.UUID, from From, patch LabelPatch) (Label, error) {
	if err := patch.clean(); err != nil {
		return Label{}, err
	}
	var label Label
	err := s.change(ctx, actor, board, func(c Change) error {
		old, all, err := findLabel(ctx, c, id)
		if err != nil {
			return err
		}
		if err := checkFrom(from, old.Version, old); err != nil {
			return err
		}
		if label = patch.applied(old); label == old {
			return ErrUnchanged
		}
		if err := nameFree(all, id, label.Name); err != nil {
			return err
		}
		if label, err = c.UpdateLabel(ctx, label, nameKey(label.Name)); err != nil {
			return err
		}
		return record(ctx, c, labelEdited(old, label), &label.Seq)
	})
	return label, err
}

// DeleteLabel takes a label that was read at a version off the board and all its cards; the activity tells which they
// were. problem.NotFound, problem.Forbidden, problem.PreconditionRequired and problem.Stale as everywhere.
func (s *Service) DeleteLabel(ctx context.Context, actor Actor, board, id uuid.UUID, from From) (seq int64, err error) {
	err = s.change(ctx, actor, board, func(c Change) error {
		label, _, err := findLabel(ctx, c, id)
		if err != nil {
			return err
		}
		if err := checkFrom(from, label.Version, label); err != nil {
			return err
		}
		activity, err := deleteLabel(ctx, c, label)
		if err != nil {
			return err
		}
		return record(ctx, c, activity, &seq)
	})
	return seq, err
}

func deleteLabel(ctx context.Context, c Change, label Label) (Activity, error) {
	cards, err := c.DeleteLabel(ctx, label.ID)
	was := labelFacts(label)
	was["version"], was["card_ids"] = label.Version, cards
	return Activity{Verb: LabelDeleted, Was: was}, err
}

func (p *LabelPatch) clean() error {
	var wrongName, wrongHue *problem.Field
	if p.Name != nil {
		var name string
		name, wrongName = cleanName(*p.Name)
		p.Name = &name
	}
	if p.Hue != nil {
		wrongHue = checkHue(*p.Hue)
	}
	return refuse(wrongName, wrongHue)
}

func (p *LabelPatch) applied(label Label) Label {
	if p.Name != nil {
		label.Name = *p.Name
	}
	if p.Hue != nil {
		label.Hue = *p.Hue
	}
	return label
}

func labelEdited(old, now Label) Activity {
	return Activity{Verb: LabelEdited, Was: labelFacts(old), Became: labelFacts(now)}
}

func labelFacts(l Label) map[string]any {
	return map[string]any{"label_id": l.ID, "name": l.Name, "hue": l.Hue}
}

// findLabel reads a label among all that the board has.
func findLabel(ctx context.Context, c Change, id uuid.UUID) (label Label, all []Label, err error) {
	if all, err = c.Labels(ctx); err != nil {
		return Label{}, nil, err
	}
	at := slices.IndexFunc(all, func(l Label) bool { return l.ID == id })
	if at < 0 {
		return Label{}, nil, LabelNotFound()
	}
	return all[at], all, nil
}
