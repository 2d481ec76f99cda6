package e2e_test

import "testing"

// Who is to do a card stands in the corner at its end, and takes no more room than the other facts do.
func TestAFaceStandsInItsCardsCorner(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	must(ada.AssignCard(t.Context(), w.ID, "1", must(ada.Members(t.Context(), w.ID))(t).Items[0].Id))(t)
	v := s.at(t, ada, w.page())
	gap := v.find(".card .who").MustEval(`() => {
		const face = this.querySelector(".avatar").getBoundingClientRect(), card = this.closest(".card").getBoundingClientRect()
		return JSON.stringify([card.right - face.right, card.bottom - face.bottom].map(Math.round))
	}`).Str()
	const padding = "[13,11]" // and a border
	if gap != padding {
		t.Errorf("to the card's end and its foot it is %s px, not %s", gap, padding)
	}
}
