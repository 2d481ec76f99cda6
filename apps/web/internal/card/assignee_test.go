package card

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func TestOnlyWhoWasChangedInTheListOfMembersIsSent(t *testing.T) {
	t.Parallel()
	ada, grace := uuid.NewString(), uuid.NewString()
	on, off := cardAPI+"/assignees/"+grace, cardAPI+"/assignees/"+ada
	for form, want := range map[string]string{
		apitest.Form("listed", ada, "listed", grace, "was", ada, "assignee", ada, "assignee", grace): on,
		apitest.Form("listed", ada, "listed", grace, "was", ada, "assignee", grace):                  off + " " + on,
		apitest.Form("listed", ada, "listed", grace, "was", ada, "assignee", ada):                    "",
	} {
		up := garden("PUT "+on, seeds(), "DELETE "+off, seeds())
		res, _ := setup(t, up)("POST", cardAt+"/assignees", form)
		var sent []string
		for _, change := range up.Changes() {
			sent = append(sent, change.Path)
		}
		if res.StatusCode != http.StatusSeeOther || strings.Join(sent, " ") != want {
			t.Errorf("%d, sent %q, want %q", res.StatusCode, sent, want)
		}
	}
}

func TestSomebodyWhoLeftMeanwhileIsSaid(t *testing.T) {
	t.Parallel()
	gone := uuid.NewString()
	up := garden("PUT "+cardAPI+"/assignees/"+gone, problem.New(problem.NotFound, "member_not_found", "There is no such member on this board."))
	res, doc := setup(t, up)("POST", cardAt+"/assignees", apitest.Form("listed", gone, "assignee", gone))
	if got := doc.Find("#assignees[open] #assignees-fault").Text(); res.StatusCode != http.StatusConflict || !strings.Contains(got, "has left the board") {
		t.Errorf("%d: %s", res.StatusCode, got)
	}
}

func TestACardTellsWhoIsToDoIt(t *testing.T) {
	t.Parallel()
	board, card, ada := apitest.Garden(), seeds(), uuid.New()
	board.Members, card.AssigneeIds = []kanbanapi.BoardMember{{Id: ada, Name: "Ada Byron"}}, []uuid.UUID{ada}
	_, doc := setup(t, garden("GET "+boardAPI, board, "GET "+cardAPI, card))("GET", cardAt, "")
	if who := doc.Find(".meta dd > .who").Text(); !strings.Contains(who, "AB") || !strings.Contains(who, "Ada Byron") {
		t.Errorf("it says %q", who)
	}
}
