package e2e_test

import (
	"net/http"
	"strings"
	"testing"
)

// The api is told first: while it refuses, or is away, nothing is deleted anywhere.
func TestAnAccountIsDeletedOnceTheAPIAgrees(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada, eve := s.person(t, "Ada"), s.person(t, "Eve")
	shared, own := ada.wall(t, "Garden", "a"), ada.wall(t, "Attic", "b")
	s.apiDB.exec(t, `INSERT INTO kanban.members (board_id, person_id, role) VALUES ($1, $2, 'editor')`, shared.ID, must(eve.Me(t.Context()))(t).Id)

	if got := ada.leave(t); got.Status != http.StatusConflict || !strings.Contains(got.Body, "“Garden”") || strings.Contains(got.Body, "“Attic”") {
		t.Errorf("the sole owner: %d %s", got.Status, got.Body)
	}
	s.api.stop(t)
	if got := ada.leave(t); got.Status != http.StatusBadGateway {
		t.Errorf("while the api is away: %d %s", got.Status, got.Body)
	}
	s.api.launch(t)
	s.api.waitUntilReady(t)
	wantSession(t, ada)
	if got := ada.order(t, own.ID)[0]; got != "b" {
		t.Errorf("her own board holds %q", got)
	}

	s.apiDB.exec(t, `UPDATE kanban.members SET role = 'owner' WHERE board_id = $1`, shared.ID)
	if got := ada.leave(t); got.Status != http.StatusSeeOther || got.Header.Get("Location") != "/goodbye" {
		t.Fatalf("%d %s", got.Status, got.Body)
	}
	if got := ada.signIn(t); got.Status != http.StatusUnauthorized {
		t.Errorf("she signs in again: %d", got.Status)
	}
	if got := eve.order(t, shared.ID)[0]; got != "a" {
		t.Errorf("the shared board holds %q", got)
	}
}
