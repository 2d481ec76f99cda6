package board

import (
	"context"
	"math"
	"net/http"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/line"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// mostFaces is how many cards are asked for at once: for more, js/live/ reads the board.
const mostFaces = 20

// faces are single cards as the wall shows them, for whoever looks on while they are changed (js/live/faces.js): what is
// written on each, without its menu, which the page has. Those that aren't on the wall any more are left out. All who look on
// come at once: whether each may is asked for each, and what a card is, once for all (face_cache.go).
type faces struct {
	api   *kanbanapi.Client
	cache *faceCache
}

func (f faces) show(w http.ResponseWriter, r *http.Request) error {
	id, err := ui.PathID(r, "board")
	if err != nil {
		return err
	}
	board, err := f.now(r.Context(), id)
	if err != nil {
		return err
	}
	cards, err := f.onWall(r.Context(), board, r.URL.Query()["card"])
	if err != nil {
		return err
	}
	v := boardView{Board: kanbanapi.Board{Id: id, Role: kanbanapi.Viewer}, Today: ui.Today(r), Asked: readLine(line.Of(r))}
	if v.labels, err = f.labels(r.Context(), board, cards); err != nil {
		return err
	}
	if v.Board.Members, err = f.members(r.Context(), board, cards); err != nil {
		return err
	}
	return ui.Render(w, r, http.StatusOK, cardFaces(v, cards))
}

// now finds what is known of a board as it is now, for whoever may see it: problem.NotFound for anybody else. Nothing
// comes after the last activity there can be, but with it what the last one was.
func (f faces) now(ctx context.Context, board uuid.UUID) (*boardFaces, error) {
	asked := time.Now()
	page, err := f.api.Activity(ctx, board, math.MaxInt64, 1)
	if err != nil {
		return nil, err
	}
	return f.cache.at(board, page.Seq, asked), nil
}

func (f faces) onWall(ctx context.Context, board *boardFaces, named []string) ([]kanbanapi.CardSummary, error) {
	cards := []kanbanapi.CardSummary{}
	for _, name := range named[:min(len(named), mostFaces)] {
		id, err := uuid.Parse(name)
		if err != nil {
			return nil, ui.NotFound()
		}
		card, err := f.cache.card(board, id).get(ctx, func() (*kanbanapi.CardSummary, error) { return f.read(ctx, board.id, id) })
		if err != nil && !problem.Is(err, problem.NotFound) {
			return nil, err
		}
		if card != nil {
			cards = append(cards, *card)
		}
	}
	return cards, nil
}

// read finds a card; nil when it isn't on the wall.
func (f faces) read(ctx context.Context, board, id uuid.UUID) (*kanbanapi.CardSummary, error) {
	c, err := f.api.Card(ctx, board, id.String())
	if err != nil || !c.ArchivedAt.IsNull() {
		return nil, err
	}
	summary := summaryOf(c)
	return &summary, nil
}

// labels are the board's, if any of some cards carries one.
func (f faces) labels(ctx context.Context, board *boardFaces, cards []kanbanapi.CardSummary) (map[uuid.UUID]kanbanapi.BoardLabel, error) {
	for _, c := range cards {
		if len(c.LabelIds) > 0 {
			return board.labels.get(ctx, func() (map[uuid.UUID]kanbanapi.BoardLabel, error) {
				list, err := f.api.Labels(ctx, board.id)
				known := make(map[uuid.UUID]kanbanapi.BoardLabel, len(list.Items))
				for _, l := range list.Items {
					known[l.Id] = kanbanapi.BoardLabel{Id: l.Id, Name: l.Name, Hue: l.Hue, Version: l.Version}
				}
				return known, err
			})
		}
	}
	return nil, nil
}

// members are the board's, if any of some cards is somebody's.
func (f faces) members(ctx context.Context, board *boardFaces, cards []kanbanapi.CardSummary) ([]kanbanapi.BoardMember, error) {
	for _, c := range cards {
		if len(c.AssigneeIds) > 0 {
			return board.members.get(ctx, func() ([]kanbanapi.BoardMember, error) {
				list, err := f.api.Members(ctx, board.id)
				members := make([]kanbanapi.BoardMember, len(list.Items))
				for i, m := range list.Items {
					members[i] = kanbanapi.BoardMember{Id: m.Id, Name: m.Name}
				}
				return members, err
			})
		}
	}
	return nil, nil
}
