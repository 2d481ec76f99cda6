package e2e_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/postgres/pgtest"
)

// The table in testdata/authorisation.csv says what each person gets from each route of the contract, through
// web, when the last thing that the path names is
//
//	own      on the board that the person has the role on;
//	foreign  on a stranger's board: that board, or its column, card, label, owner or invitation under the path of the person's board;
//	deleted  no more: a board or label that is gone, a column or card in the trash, a member who was taken off, an invitation that was
//	         withdrawn.
//
// A "-" stands where the path names nothing.

var (
	persons = []string{"nobody", "outsider", "viewer", "editor", "owner"}
	things  = []string{"own", "foreign", "deleted"}
)

// bodies are what the routes are sent, by operation; {column_id} is a column and {card_id} a card of the person's board.
var bodies = map[string]string{
	"createBoard":     `{"title":"Mine"}`,
	"updateBoard":     `{"title":"Renamed"}`,
	"createColumn":    `{"title":"New"}`,
	"createColumns":   `{"columns":[{"title":"New"},{"title":"Newer"}]}`,
	"updateColumn":    `{"title":"Renamed"}`,
	"moveColumn":      `{"before":"{column_id}"}`,
	"moveColumnCards": `{"to_column_id":"{column_id}"}`,
	"createCard":      `{"column_id":"{column_id}","title":"New"}`,
	"createCards":     `{"column_id":"{column_id}","cards":[{"title":"New"},{"title":"Newer"}]}`,
	"updateCard":      `{"title":"Renamed"}`,
	"moveCard":        `{"column_id":"{column_id}","at":"start"}`,
	"changeCards":     `{"card_ids":["{card_id}"],"move":{"column_id":"{column_id}","at":"end"}}`,
	"updateLabel":     `{"hue":"red"}`,
	"updateMember":    `{"role":"viewer"}`,
	"invite":          `{"email":"somebody@example.org","role":"viewer"}`,

	"findInvitation":    `{"id":"01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a09"}`, // which there isn't
	"acceptInvitation":  `{"id":"01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a09"}`,
	"declineInvitation": `{"id":"01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a09"}`,
}

// queries are what follows the path of those routes that must be told something there.
var queries = map[string]string{"listAwayCards": "?state=deleted", "listNumbered": "?number=1", "streamEvents": "?boards={board_id}"}

func TestAuthorisation(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	routes, table := f.contract(t), readTable(t)
	for _, route := range routes {
		for _, who := range persons {
			row, ok := table[route.name()+" "+who]
			if !ok {
				t.Errorf("%s has no row for %s", route.name(), who)
				continue
			}
			t.Run(route.operation+"/"+who, func(t *testing.T) {
				for i, thing := range things {
					if got := f.ask(t, route, who, thing); got != row[i] {
						t.Errorf("%s: %s, the table says %s", thing, got, row[i])
					}
				}
			})
		}
	}
	if rows, want := len(table), len(routes)*len(persons); rows != want {
		t.Errorf("the table has %d rows, the contract has need of %d", rows, want)
	}
}

// route is an operation of the contract.
type route struct{ method, path, operation string }

func (r route) name() string { return r.method + " " + r.path }

// last is what the path names last: "board", "column", "card", "label", "person", "invitation" or "". A card's version is looked for on the card.
func (r route) last() string {
	end := strings.LastIndex(r.path, "_id}")
	if end < 0 {
		return ""
	}
	return r.path[strings.LastIndexByte(r.path[:end], '{')+1 : end]
}

// contract lists the routes of the document that the api serves.
func (f *fixture) contract(t *testing.T) []route {
	t.Helper()
	document := f.people["owner"].send(t, "GET", "/api/openapi.json", "")
	var spec struct {
		Paths map[string]map[string]json.RawMessage
	}
	if err := json.Unmarshal([]byte(document.Body), &spec); err != nil || len(spec.Paths) == 0 {
		t.Fatalf("the contract holds no routes: %v", err)
	}
	var routes []route
	for path, item := range spec.Paths {
		for method, raw := range item {
			var operation struct{ OperationID string }
			if method == "parameters" || json.Unmarshal(raw, &operation) != nil {
				continue
			}
			routes = append(routes, route{strings.ToUpper(method), path, operation.OperationID})
		}
	}
	slices.SortFunc(routes, func(a, b route) int { return strings.Compare(a.name(), b.name()) })
	return routes
}

// readTable reads the rows by route and person.
func readTable(t *testing.T) map[string][]string {
	t.Helper()
	file := must(os.Open(filepath.Join("testdata", "authorisation.csv")))(t)
	defer func() { _ = file.Close() }()
	rows := must(csv.NewReader(file).ReadAll())(t)
	table := map[string][]string{}
	for _, row := range rows[1:] {
		name := row[0] + " " + row[1]
		if _, twice := table[name]; twice {
			t.Errorf("the table has two rows for %s", name)
		}
		table[name] = row[2:]
	}
	return table
}

// fixture is one board with a member of each role, one of a stranger's, and one that is gone.
type fixture struct {
	stack              *stack
	people             map[string]*person
	stranger           *person
	own, foreign, gone wall
	kept               *pgx.Conn // to the api's database
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	s := deployWith(t, pgtest.Server(t), "", func(_, api map[string]string) { api["RATE_LIMIT"] = "0" }) // the owner makes all that is asked for
	f := &fixture{stack: s, people: map[string]*person{"nobody": s.guest(t)}, kept: must(pgx.Connect(t.Context(), s.apiDB.Admin))(t)}
	t.Cleanup(func() { _ = f.kept.Close(context.Background()) })
	for _, who := range persons[1:] {
		f.people[who] = s.person(t, strings.ToUpper(who[:1])+who[1:])
	}
	f.own, f.gone = f.people["owner"].wall(t, "Garden", "a"), f.people["owner"].wall(t, "Gone")
	f.stranger = s.person(t, "Stranger")
	f.foreign = f.stranger.wall(t, "Elsewhere", "x")
	for _, role := range []string{"viewer", "editor"} {
		me := must(f.people[role].Me(t.Context()))(t)
		for _, w := range []wall{f.own, f.gone} {
			s.apiDB.exec(t, `INSERT INTO kanban.members (board_id, person_id, role) VALUES ($1, $2, $3)`, w.ID, me.Id, role)
		}
	}
	s.apiDB.exec(t, `DELETE FROM kanban.boards WHERE id = $1`, f.gone.ID)
	return f
}

// ask sends a route's request for a person and says the answer's status. What is refused must leave the board as
// it was.
func (f *fixture) ask(t *testing.T, r route, who, thing string) string {
	t.Helper()
	last := r.last()
	if last == "" && thing != "own" {
		return "-"
	}
	at := f.target(t, last, thing)
	if slices.Contains([]string{"archiveBoard", "restoreBoard", "deleteBoard"}, r.operation) {
		defer f.onTheWall(t)
	}
	if slices.Contains([]string{"leaveBoard", "handOver"}, r.operation) {
		defer f.asTheyWere(t)
	}
	f.prepare(t, r, who)
	seq := f.seq(t)
	path := strings.NewReplacer("{board_id}", at.board.String(), "{column_id}", at.column.String(), "{card_id}", at.card.String(), "{label_id}", at.label.String(), "{person_id}", at.person.String(), "{invitation_id}", at.invitation.String(), "{version}", "1").
		Replace(r.path + queries[r.operation])
	if r.operation == "search" {
		path += "?q=fresh"
	}
	body := f.body(r.operation)
	var header []string
	if body != "" {
		header = append(header, "Content-Type", "application/json")
	}
	if r.method == "PATCH" || r.method == "DELETE" {
		header = append(header, "If-Match", fmt.Sprintf("%q", strconv.Itoa(f.version(t, r, thing))))
	}
	if strings.HasSuffix(r.path, "/events") { // an answer that lasts
		return strconv.Itoa(f.people[who].begin(t, "/api"+path))
	}
	got := f.people[who].send(t, r.method, "/api"+path, body, append(header, "X-CSRF", "1")...)
	if now := f.seq(t); got.Status >= 400 && now != seq {
		t.Errorf("%s: refused with %d, but the board's seq went from %d to %d", thing, got.Status, seq, now)
	}
	return strconv.Itoa(got.Status)
}

// prepare does what is to be undone or redone, for those who may.
func (f *fixture) prepare(t *testing.T, r route, who string) {
	t.Helper()
	if (r.operation != "undo" && r.operation != "redo") || (who != "editor" && who != "owner") {
		return
	}
	must(f.people[who].CreateCard(t.Context(), f.own.ID, kanbanapi.NewCard{ColumnId: f.own.Columns[0], Title: "Fresh"}))(t)
	if r.operation == "redo" {
		must(f.people[who].Undo(t.Context(), f.own.ID, kanbanapi.UndoWhich{}))(t)
	}
}

// body is what an operation is sent; a label made now has a name of its own.
func (f *fixture) body(operation string) string {
	if operation == "createLabel" {
		return fmt.Sprintf(`{"name":%q,"hue":"red"}`, uuid.NewString())
	}
	return strings.NewReplacer("{column_id}", f.own.Columns[0].String(), "{card_id}", f.own.Cards[0].Id.String()).Replace(bodies[operation])
}

// target is what a path names.
type target struct{ board, column, card, label, person, invitation uuid.UUID }

// target makes what a path is to name, fresh for each request.
func (f *fixture) target(t *testing.T, last, thing string) target {
	t.Helper()
	at := target{board: f.own.ID}
	switch last {
	case "board":
		at.board = map[string]uuid.UUID{"own": f.own.ID, "foreign": f.foreign.ID, "deleted": f.gone.ID}[thing]
	case "column":
		at.column = f.column(t, thing)
	case "card":
		at.card = f.card(t, thing)
	case "label":
		at.card, at.label = f.card(t, "own"), f.label(t, thing)
	case "person":
		at.card, at.person = f.card(t, "own"), f.member(t, thing)
	case "invitation":
		at.invitation = f.invitation(t, thing)
	}
	return at
}

func (f *fixture) column(t *testing.T, thing string) uuid.UUID {
	t.Helper()
	if thing == "foreign" {
		return f.foreign.Columns[0]
	}
	column := must(f.people["owner"].CreateColumn(t.Context(), f.own.ID, kanbanapi.NewColumn{Title: "Fresh"}))(t).Id
	if thing == "deleted" {
		must(f.people["owner"].DeleteColumn(t.Context(), f.own.ID, column, 1))(t)
	}
	return column
}

func (f *fixture) card(t *testing.T, thing string) uuid.UUID {
	t.Helper()
	if thing == "foreign" {
		return f.foreign.Cards[0].Id
	}
	owner := f.people["owner"]
	card := must(owner.CreateCard(t.Context(), f.own.ID, kanbanapi.NewCard{ColumnId: f.own.Columns[0], Title: "Fresh"}))(t).Id
	if thing == "deleted" {
		if _, err := owner.DeleteCard(t.Context(), f.own.ID, card.String(), 1); err != nil {
			t.Fatal(err)
		}
	}
	return card
}

func (f *fixture) label(t *testing.T, thing string) uuid.UUID {
	t.Helper()
	who, board := f.people["owner"], f.own.ID
	if thing == "foreign" {
		who, board = f.stranger, f.foreign.ID
	}
	label := must(who.CreateLabel(t.Context(), board, kanbanapi.NewLabel{Name: uuid.NewString(), Hue: kanbanapi.Red}))(t).Id
	if thing == "deleted" {
		if _, err := who.DeleteLabel(t.Context(), board, label, 1); err != nil {
			t.Fatal(err)
		}
	}
	return label
}

// member makes somebody who is on the board as an editor, or was.
func (f *fixture) member(t *testing.T, thing string) uuid.UUID {
	t.Helper()
	if thing == "foreign" {
		return must(f.stranger.Me(t.Context()))(t).Id
	}
	id := uuid.Must(uuid.NewV7())
	f.stack.apiDB.exec(t, `INSERT INTO kanban.people (id, name, email) VALUES ($1, 'Fresh', 'fresh@example.org')`, id)
	f.stack.apiDB.exec(t, `INSERT INTO kanban.members (board_id, person_id, role) VALUES ($1, $2, 'editor')`, f.own.ID, id)
	if thing == "deleted" {
		must(f.people["owner"].RemoveMember(t.Context(), f.own.ID, id))(t)
	}
	return id
}

// invitation makes one that waits since yesterday, or waited.
func (f *fixture) invitation(t *testing.T, thing string) uuid.UUID {
	t.Helper()
	id, board, by := uuid.Must(uuid.NewV7()), f.own.ID, f.people["owner"]
	if thing == "foreign" {
		board, by = f.foreign.ID, f.stranger
	}
	f.stack.apiDB.exec(t, `INSERT INTO kanban.invitations (board_id, id, email, email_key, role, invited_by, invited_at, expires_at)
		VALUES ($1, $2, 'fresh@example.org', $2::uuid::text, 'viewer', $3, now() - interval '1 day', now() + interval '1 day')`, board, id, must(by.Me(t.Context()))(t).Id)
	if thing == "deleted" {
		must(f.people["owner"].WithdrawInvitation(t.Context(), f.own.ID, id))(t)
	}
	return id
}

// asTheyWere gives everybody their role again.
func (f *fixture) asTheyWere(t *testing.T) {
	t.Helper()
	for _, role := range []string{"viewer", "editor", "owner"} {
		f.stack.apiDB.exec(t, `INSERT INTO kanban.members (board_id, person_id, role) VALUES ($1, $2, $3)
			ON CONFLICT (board_id, person_id) DO UPDATE SET role = excluded.role`, f.own.ID, must(f.people[role].Me(t.Context()))(t).Id, role)
	}
}

// onTheWall brings the board back for the routes to come.
func (f *fixture) onTheWall(t *testing.T) {
	t.Helper()
	must(f.people["owner"].RestoreBoard(t.Context(), f.own.ID))(t)
}

// seq is what every change of the board counts up, read where it is kept: the page of a board that all these requests
// made cards on is long, and this is asked a thousand times.
func (f *fixture) seq(t *testing.T) (seq int64) {
	t.Helper()
	if err := f.kept.QueryRow(t.Context(), `SELECT seq FROM kanban.board_seq WHERE board_id = $1`, f.own.ID).Scan(&seq); err != nil {
		t.Fatal(err)
	}
	return seq
}

// version is the one that the target of a change has; all but the board are fresh.
func (f *fixture) version(t *testing.T, r route, thing string) int {
	t.Helper()
	if r.last() == "board" && thing == "own" {
		return must(f.people["owner"].Board(t.Context(), f.own.ID))(t).Version
	}
	return 1
}
