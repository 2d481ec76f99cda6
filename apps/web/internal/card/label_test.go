package card

import (
	"net/http"
	"strings"
	"testing"

	"cardwall/apps/web/internal/apitest"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

func TestOnlyWhatWasChangedInTheListOfLabelsIsSent(t *testing.T) {
	t.Parallel()
	bug, rain := bugID.String(), rainID.String()
	on, off := cardAPI+"/labels/"+rain, cardAPI+"/labels/"+bug
	for form, want := range map[string]string{
		apitest.Form("listed", bug, "listed", rain, "was", bug, "label", bug, "label", rain): on,
		apitest.Form("listed", bug, "listed", rain, "was", bug, "label", rain):               off + " " + on,
		apitest.Form("listed", bug, "listed", rain, "was", bug):                              off,
		apitest.Form("listed", bug, "listed", rain, "was", bug, "label", bug):                "",
	} {
		up := garden("PUT "+on, seeds(), "DELETE "+off, seeds())
		res, _ := setup(t, up)("POST", cardAt+"/labels", form)
		var sent []string
		for _, change := range up.Changes() {
			sent = append(sent, change.Path)
		}
		if res.StatusCode != http.StatusSeeOther || strings.Join(sent, " ") != want {
			t.Errorf("%d, sent %q, want %q", res.StatusCode, sent, want)
		}
	}
}

func TestALabelIsMadeAndPutOn(t *testing.T) {
	t.Parallel()
	up := garden("POST "+boardAPI+"/labels", kanbanapi.Label{Id: rainID, Name: "Rain", Hue: kanbanapi.Blue}, "PUT "+cardAPI+"/labels/"+rainID.String(), seeds())
	res, _ := setup(t, up)("POST", cardAt+"/labels/new", apitest.Form("id", rainID.String(), "name", " Rain ", "hue", "blue"))
	made := up.Changes()
	if res.StatusCode != http.StatusSeeOther || len(made) != 2 || made[0].Body["name"] != "Rain" || made[0].Body["hue"] != "blue" || made[0].Body["id"] != rainID.String() {
		t.Errorf("%d, sent %v", res.StatusCode, made)
	}
}

func TestARefusedLabelComesBackAsTyped(t *testing.T) {
	t.Parallel()
	up := garden("POST "+boardAPI+"/labels", problem.New(problem.Conflict, "name_taken", "This board has a label of that name."))
	res, doc := setup(t, up)("POST", cardAt+"/labels/new", apitest.Form("name", "bug", "hue", "teal"))
	if res.StatusCode != http.StatusConflict || doc.Find("details[open] #label-name").AttrOr("value", "") != "bug" || !strings.Contains(doc.Find("#label-name-fault").Text(), "of that name") {
		t.Errorf("%d %s", res.StatusCode, doc.Find(".meta").Text())
	}
	if doc.Find(`[name="hue"][checked]`).AttrOr("value", "") != "teal" {
		t.Error("the chosen colour is lost")
	}
}

func TestALabelOfAnotherBoardIsSaid(t *testing.T) {
	t.Parallel()
	up := garden("PUT "+cardAPI+"/labels/"+doneID.String(), problem.New(problem.NotFound, "label_not_found", "There is no such label on this board."))
	res, _ := setup(t, up)("POST", cardAt+"/labels", apitest.Form("listed", doneID.String(), "label", doneID.String()))
	if res.StatusCode != 404 {
		t.Errorf("%d", res.StatusCode)
	}
	if res, _ := setup(t, garden())("POST", cardAt+"/labels", apitest.Form("listed", "x", "label", "x")); res.StatusCode != 400 {
		t.Errorf("no id: %d", res.StatusCode)
	}
}
