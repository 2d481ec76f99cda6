package rest_test

import (
	"encoding/base64"
	"testing"

	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// A cursor leads on in the list that gave it out, and nowhere else.
func TestACursorOfAnotherListIsRefused(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w, elsewhere := ada.wall(t, "a", "b", "c"), ada.wall(t, "x", "y", "z")
	must(ada.MoveCard(t.Context(), w.ID, "3", kanbanapi.CardMove{ColumnId: w.Columns[1], At: ref(kanbanapi.End)}))(t)
	one := func(id uuid.UUID) string { return base64.RawURLEncoding.EncodeToString(id[:]) }

	for name, cursor := range map[string]string{
		"of_the_list_of_boards":     must(ada.Boards(t.Context(), "", 1))(t).NextCursor.MustGet(),
		"of_another_boards_column":  must(ada.Cards(t.Context(), elsewhere.ID, elsewhere.Columns[0], "", 1))(t).NextCursor.MustGet(),
		"of_another_column":         one(w.Cards["c"].Id),
		"of_a_column":               one(w.Columns[0]),
		"of_a_card_that_never_was":  one(uuid.New()),
		"that_is_too_short_for_one": "AAAA",
		"that_is_none":              "<script>",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ada.Cards(t.Context(), w.ID, w.Columns[0], cursor, 1)
			if got := wantProblem(t, err, problem.Invalid, "validation_failed"); got.Errors[0].Field != "cursor" {
				t.Errorf("fields %+v", got.Errors)
			}
		})
	}
	t.Run("of_a_column_for_the_list_of_boards", func(t *testing.T) {
		_, err := ada.Boards(t.Context(), one(w.Cards["a"].Id), 1)
		wantProblem(t, err, problem.Invalid, "validation_failed")
	})
}
