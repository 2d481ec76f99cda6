package kanban

import (
	"context"

	"github.com/google/uuid"
)

func labelAway(ctx context.Context, c Change, rows []Activity) ([]Activity, error) {
	label, _, err := findLabel(ctx, c, traceOf(rows[0]).LabelID)
	if err != nil {
		return nil, err
	}
	activity, err := deleteLabel(ctx, c, label)
	return []Activity{activity}, err
}

// labelBack makes a label anew as it was, on those of its cards that are still there.
func labelBack(ctx context.Context, c Change, rows []Activity) ([]Activity, error) {
	was := rows[0].Was
	wanted := NewLabel{ID: idIn(was, "label_id"), Name: textIn(was, "name"), Hue: Hue(textIn(was, "hue")), Version: 1}
	if wanted.Name == "" {
		return nil, nil
	}
	if version := numberIn(was, "version"); version != nil {
		wanted.Version = *version + 1 // who has an old one open may not save it unseen
	}
	all, err := c.Labels(ctx)
	if err != nil {
		return nil, err
	}
	if err := roomFor(all, wanted); err != nil {
		return nil, err
	}
	label, err := c.CreateLabel(ctx, wanted, nameKey(wanted.Name))
	if err != nil {
		return nil, err
	}
	became := labelFacts(label)
	cards, err := putOn(ctx, c, label.ID, idsIn(was, "card_ids"))
	if len(cards) > 0 {
		became["card_ids"] = cards
	}
	return []Activity{{Verb: LabelCreated, Became: became}}, err
}

// putOn puts a label on those of the cards that are still there, in whatever state, and tells which.
func putOn(ctx context.Context, c Change, label uuid.UUID, cards []uuid.UUID) ([]uuid.UUID, error) {
	if len(cards) == 0 {
		return nil, nil
	}
	found, err := c.FormerCards(ctx, cards, nil, nil)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	there := idsOf(found)
	return there, c.LabelCards(ctx, label, there)
}

// editLabelBack changes back what was changed, and leaves alone what others changed since.
func editLabelBack(ctx context.Context, c Change, rows []Activity) ([]Activity, error) {
	old, all, err := findLabel(ctx, c, traceOf(rows[0]).LabelID)
	if err != nil {
		return nil, err
	}
	label, was := old, rows[0].Was
	for _, name := range changedIn(rows[0]) {
		switch name {
		case "name":
			label.Name = textIn(was, name)
		case "hue":
			label.Hue = Hue(textIn(was, name))
		}
	}
	if label == old || label.Name == "" {
		return nil, nil
	}
	if err := nameFree(all, label.ID, label.Name); err != nil {
		return nil, err
	}
	now, err := c.UpdateLabel(ctx, label, nameKey(label.Name))
	return []Activity{labelEdited(old, now)}, err
}
