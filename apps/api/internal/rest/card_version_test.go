package rest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"
	"github.com/oapi-codegen/runtime/types"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// versions reads all of a card's, page by page.
func (p *person) versions(t *testing.T, board uuid.UUID, card string) (all []kanbanapi.CardVersionEdit, pages int) {
	t.Helper()
	for cursor, more := "", true; more; pages++ {
		page := must(p.CardVersions(t.Context(), board, card, cursor, 0))(t)
		all = append(all, page.Items...)
		if more = !page.NextCursor.IsNull(); more {
			cursor = page.NextCursor.MustGet()
		}
	}
	return all, pages
}

// said is a version in short.
func said(v kanbanapi.CardVersionEdit) string {
	return fmt.Sprintf("%d by %s: %s → %s", v.Version, v.Actor.Name, textsOf(v.Before), textsOf(v.After))
}

func textsOf(of kanbanapi.CardTexts) string {
	var list []string
	if of.Title != nil {
		list = append(list, *of.Title)
	}
	if of.Description != nil {
		list = append(list, *of.Description)
	}
	if of.DueOn.IsSpecified() {
		list = append(list, "due "+due(of.DueOn))
	}
	return strings.Join(list, ", ")
}

func TestEveryVersionTellsWhoChangedWhat(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, grace := a.person(t, "Ada"), a.person(t, "Grace")
	w := ada.wall(t)
	a.member(t, w.ID, grace, "editor")
	day := date(t, "2027-03-01")
	made := must(ada.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[0], Title: "Sow", Description: ref("Beans"), DueOn: &day}))(t)
	then := []kanbanapi.Card{made}
	edit := func(who *person, patch kanbanapi.CardPatch) kanbanapi.Card {
		t.Helper()
		then = append(then, must(who.UpdateCard(t.Context(), w.ID, "1", len(then), patch))(t))
		return then[len(then)-1]
	}
	edit(grace, kanbanapi.CardPatch{Description: ref("Beans\nPeas")})
	edit(ada, kanbanapi.CardPatch{Title: ref("Sow beans"), DueOn: nullable.NewNullNullable[types.Date]()})
	end := kanbanapi.End
	must(ada.MoveCard(t.Context(), w.ID, "1", kanbanapi.CardMove{ColumnId: w.Columns[1], At: &end}))(t)
	must(ada.ArchiveCard(t.Context(), w.ID, "1"))(t)
	must(ada.RestoreCard(t.Context(), w.ID, "1"))(t)
	cleared := edit(grace, kanbanapi.CardPatch{Description: ref("")})
	must(grace.Undo(t.Context(), w.ID, kanbanapi.UndoWhich{}))(t)
	then = append(then, must(ada.Card(t.Context(), w.ID, "1"))(t))

	list, _ := ada.versions(t, w.ID, "1")
	var got []string
	for _, version := range list {
		got = append(got, said(version))
	}
	if want := []string{
		"5 by Grace:  → Beans\nPeas",
		"4 by Grace: Beans\nPeas → ",
		"3 by Ada: Sow, due 2027-03-01 → Sow beans, due ",
		"2 by Grace: Beans → Beans\nPeas",
		"1 by Ada:  → Sow, Beans, due 2027-03-01",
	}; !slices.Equal(got, want) {
		t.Errorf("versions %q, want %q", got, want)
	}
	if undid := list[0].Undid; undid == nil || *undid != cleared.Seq || list[1].Seq != cleared.Seq || list[1].Undid != nil {
		t.Errorf("the undo of %d is told as %v", cleared.Seq, undid)
	}
	for i, card := range then {
		version := must(ada.CardVersion(t.Context(), w.ID, made.Id.String(), i+1))(t)
		if version.Title != card.Title || version.Description != card.Description || due(version.DueOn) != due(card.DueOn) {
			t.Errorf("version %d says %+v, the card said %+v", i+1, version, card)
		}
		if edit := list[len(list)-1-i]; version.Version != card.Version || version.Seq != edit.Seq || version.Actor != edit.Actor || !version.At.Equal(edit.At) {
			t.Errorf("version %d is %+v, in the list %+v", i+1, version, edit)
		}
	}
}

func TestVersionsComeInPagesThatLeaveNoneOut(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a", "b")
	for i := range 6 {
		must(ada.UpdateCard(t.Context(), w.ID, "1", i+1, kanbanapi.CardPatch{Title: ref(fmt.Sprint(i + 2))}))(t)
		must(ada.UpdateCard(t.Context(), w.ID, "2", i+1, kanbanapi.CardPatch{Title: ref(fmt.Sprint("not its ", i))}))(t)
	}
	first := must(ada.CardVersions(t.Context(), w.ID, "1", "", 3))(t)
	must(ada.UpdateCard(t.Context(), w.ID, "1", 7, kanbanapi.CardPatch{Title: ref("8")}))(t) // while somebody reads
	second := must(ada.CardVersions(t.Context(), w.ID, "1", first.NextCursor.MustGet(), 3))(t)
	third := must(ada.CardVersions(t.Context(), w.ID, "1", second.NextCursor.MustGet(), 3))(t)
	var numbers []string
	for _, version := range slices.Concat(first.Items, second.Items, third.Items) {
		numbers = append(numbers, fmt.Sprint(version.Version, "=", *version.After.Title))
	}
	if want := []string{"7=7", "6=6", "5=5", "4=4", "3=3", "2=2", "1=a"}; !slices.Equal(numbers, want) || !third.NextCursor.IsNull() {
		t.Errorf("read %q, want %q", numbers, want)
	}
}

func TestAPageOfLongTextsEndsEarly(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a")
	for i := range 8 {
		long := strings.Repeat("€", 49_999) + fmt.Sprint(i)
		must(ada.UpdateCard(t.Context(), w.ID, "1", i+1, kanbanapi.CardPatch{Description: &long}))(t)
	}
	res, body := ada.send(t, "GET", "/v1/boards/"+w.ID.String()+"/cards/1/versions", "")
	if res.StatusCode != http.StatusOK || len(body) > 320<<10 {
		t.Errorf("%d, a page of %d bytes", res.StatusCode, len(body))
	}
	if list, pages := ada.versions(t, w.ID, "1"); len(list) != 9 || pages < 5 {
		t.Errorf("%d versions on %d pages", len(list), pages)
	}
}

func TestVersionsAreRefusedAsTheCardIs(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, eve := a.person(t, "Ada"), a.person(t, "Eve")
	w := ada.wall(t, "a", "trashed", "purged", "archived")
	theirs := eve.wall(t, "x")
	for _, card := range []string{"2", "3"} {
		if _, err := ada.DeleteCard(t.Context(), w.ID, card, 1); err != nil {
			t.Fatal(err)
		}
	}
	a.exec(t, `DELETE FROM cards WHERE board_id = $1 AND number = 3`, w.ID)
	must(ada.ArchiveCard(t.Context(), w.ID, "4"))(t)
	if list, _ := ada.versions(t, w.ID, "4"); len(list) != 1 {
		t.Errorf("an archived card has %d versions", len(list))
	}
	for name, c := range map[string]struct {
		who   *person
		board uuid.UUID
		card  string
		code  string
	}{
		"in_the_trash":      {ada, w.ID, "2", "card_not_found"},
		"gone_for_good":     {ada, w.ID, w.Cards["purged"].Id.String(), "card_not_found"},
		"never_there":       {ada, w.ID, "9", "card_not_found"},
		"of_another_board":  {ada, w.ID, theirs.Cards["x"].Id.String(), "card_not_found"},
		"for_an_outsider":   {eve, w.ID, "1", "board_not_found"},
		"of_a_board_unseen": {ada, theirs.ID, "1", "board_not_found"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := c.who.CardVersions(t.Context(), c.board, c.card, "", 0)
			wantProblem(t, err, problem.NotFound, c.code)
			_, err = c.who.CardVersion(t.Context(), c.board, c.card, 1)
			wantProblem(t, err, problem.NotFound, c.code)
		})
	}
	_, err := ada.CardVersion(t.Context(), w.ID, "1", 2)
	wantProblem(t, err, problem.NotFound, "version_not_found")
	for path, field := range map[string]string{
		"versions/0": "version", "versions/-1": "version", "versions/one": "version", "versions/99999999999": "version",
		"versions?limit=51": "limit", "versions?cursor=AAAAAA": "cursor", "versions?cursor=_____w": "cursor", "versions?cursor=nonsense": "cursor",
	} {
		if res, body := ada.send(t, "GET", "/v1/boards/"+w.ID.String()+"/cards/1/"+path, ""); res.StatusCode != http.StatusBadRequest || !strings.Contains(body, `"field":"`+field+`"`) {
			t.Errorf("%s: %d %s", path, res.StatusCode, body)
		}
	}
}

func TestAVersionOfSomebodyWhoLeftHasNoName(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, grace := a.person(t, "Ada"), a.person(t, "Grace")
	w := ada.wall(t, "a")
	a.member(t, w.ID, grace, "editor")
	must(grace.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Title: ref("b")}))(t)
	if err := grace.DeleteMe(t.Context()); err != nil {
		t.Fatal(err)
	}
	list, _ := ada.versions(t, w.ID, "1")
	if one := must(ada.CardVersion(t.Context(), w.ID, "1", 2))(t); list[0].Actor.Name != "Former member" || one.Actor.Name != "Former member" {
		t.Errorf("named %q and %q", list[0].Actor.Name, one.Actor.Name)
	}
}

// A board's activity is long, most of it edits of other cards: a card's versions are found without walking it, which
// would take some 330 pages and more. Those that are passed over are so in the index.
func TestVersionsAreFoundWithoutWalkingTheActivity(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t, "a")
	a.exec(t, `INSERT INTO activity (board_id, seq, actor_id, verb, card_id, became)
		SELECT $1, 1000 + n, $2, CASE n % 100 WHEN 1 THEN 'card_moved' ELSE 'card_edited' END,
		       CASE WHEN n % 100 < 2 THEN $3 ELSE md5(n::text)::uuid END, '{"title": "b", "description": "c", "due_on": null}'
		FROM generate_series(1, 20000) n`, w.ID, ada.ID, w.Cards["a"].Id)
	a.settle(t, `activity`)
	list := statement(t, "card_version.sql", "CardVersionList", "board_id", "card_id", "newer", "max_rows", "max_bytes")
	one := statement(t, "card_version.sql", "CardVersionGet", "board_id", "card_id", "newer")
	if pages := a.pages(t, list, w.ID, w.Cards["a"].Id, 100, 10, 1<<18); pages > 50 {
		t.Errorf("%d pages for ten versions", pages)
	}
	if pages := a.pages(t, one, w.ID, w.Cards["a"].Id, 100); pages > 30 {
		t.Errorf("%d pages for one version", pages)
	}
}

func TestTheContractShowsAStaleSaveWithTheWholeCard(t *testing.T) {
	t.Parallel()
	spec := contract(t)
	var shown struct{ Current any }
	if err := json.Unmarshal(must(json.Marshal(spec.Components.Examples["stale_version"].Value.Value))(t), &shown); err != nil {
		t.Fatal(err)
	}
	if err := spec.Components.Schemas["Card"].Value.VisitJSON(shown.Current, openapi3.MultiErrors()); err != nil {
		t.Errorf("the example's current state: %v", err)
	}
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a")
	now := must(ada.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Description: ref("theirs")}))(t)
	res, body := ada.send(t, "PATCH", "/v1/boards/"+w.ID.String()+"/cards/1", `{"description":"mine"}`, "If-Match", `"1"`)
	var answer struct{ Current any }
	if err := json.Unmarshal([]byte(body), &answer); err != nil || res.StatusCode != http.StatusPreconditionFailed {
		t.Fatal(res.StatusCode, err)
	}
	if err := spec.Components.Schemas["Card"].Value.VisitJSON(answer.Current, openapi3.MultiErrors()); err != nil {
		t.Errorf("the present state: %v", err)
	}
	var current kanbanapi.Card
	if err := json.Unmarshal(must(json.Marshal(answer.Current))(t), &current); err != nil || current.Version != now.Version || current.Description != "theirs" || current.Seq != now.Seq {
		t.Errorf("%v: the present state is %+v, want %+v", err, current, now)
	}
}
