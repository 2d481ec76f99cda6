package e2e_test

import (
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

	"cardwall/packages/kanbanapi"
)

// The table in testdata/authorisation.csv says what each person gets from each route of the contract, through
// web, when the last thing that the path names is
//
//	own      on the board that the person has the role on;
//	foreign  on a stranger's board: that board, or its column or card under the path of the person's board;
//	deleted  no more: a board or column that is gone, a card in the trash.
//
// A "-" stands where the path names nothing.

var (
	persons = []string{"nobody", "outsider", "viewer", "editor", "owner"}
	things  = []string{"own", "foreign", "deleted"}
)

// bodies are what the routes are sent, by operation; {column_id} is a column of the person's board.
var bodies = map[string]string{
	"createBoard":  `{"title":"Mine"}`,
	"updateBoard":  `{"title":"Renamed"}`,
	"createColumn": `{"title":"New"}`,
	"updateColumn": `{"title":"Renamed"}`,
	"moveColumn":   `{"before":"{column_id}"}`,
	"createCard":   `{"column_id":"{column_id}","title":"New"}`,
	"updateCard":   `{"title":"Renamed"}`,
	"moveCard":     `{"column_id":"{column_id}","at":"start"}`,
}

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

// last is what the path names last: "board", "column", "card" or "".
func (r route) last() string {
	at := strings.LastIndexByte(r.path, '{')
	if at < 0 {
		return ""
	}
	name, _, _ := strings.Cut(r.path[at+1:], "_id}")
	return name
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
	own, foreign, gone wall
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	s := setup(t)
	f := &fixture{stack: s, people: map[string]*person{"nobody": s.guest(t)}}
	for _, who := range persons[1:] {
		f.people[who] = s.person(t, strings.ToUpper(who[:1])+who[1:])
	}
	f.own, f.gone = f.people["owner"].wall(t, "Garden"), f.people["owner"].wall(t, "Gone")
	f.foreign = s.person(t, "Stranger").wall(t, "Elsewhere", "x")
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
	board, column, card := f.target(t, last, thing)
	seq := f.seq(t)
	path := strings.NewReplacer("{board_id}", board.String(), "{column_id}", column.String(), "{card_id}", card.String()).Replace(r.path)
	body := strings.ReplaceAll(bodies[r.operation], "{column_id}", f.own.Columns[0].String())
	var header []string
	if body != "" {
		header = append(header, "Content-Type", "application/json")
	}
	if r.method == "PATCH" || r.method == "DELETE" {
		header = append(header, "If-Match", fmt.Sprintf("%q", strconv.Itoa(f.version(t, r, thing))))
	}
	got := f.people[who].send(t, r.method, "/api"+path, body, append(header, "X-CSRF", "1")...)
	if now := f.seq(t); got.Status >= 400 && now != seq {
		t.Errorf("%s: refused with %d, but the board's seq went from %d to %d", thing, got.Status, seq, now)
	}
	return strconv.Itoa(got.Status)
}

// target makes what a path is to name, fresh for each request.
func (f *fixture) target(t *testing.T, last, thing string) (board, column, card uuid.UUID) {
	t.Helper()
	owner := f.people["owner"]
	board = f.own.ID
	switch last + " " + thing {
	case "board foreign":
		board = f.foreign.ID
	case "board deleted":
		board = f.gone.ID
	case "column own", "column deleted":
		column = must(owner.CreateColumn(t.Context(), board, kanbanapi.NewColumn{Title: "Fresh"}))(t).Id
	case "column foreign":
		column = f.foreign.Columns[0]
	case "card own", "card deleted":
		card = must(owner.CreateCard(t.Context(), board, kanbanapi.NewCard{ColumnId: f.own.Columns[0], Title: "Fresh"}))(t).Id
	case "card foreign":
		card = f.foreign.Cards[0].Id
	}
	if thing == "deleted" && last == "column" {
		f.stack.apiDB.exec(t, `DELETE FROM kanban.columns WHERE id = $1`, column)
	}
	if thing == "deleted" && last == "card" {
		if err := owner.DeleteCard(t.Context(), board, card.String(), 1); err != nil {
			t.Fatal(err)
		}
	}
	return board, column, card
}

func (f *fixture) seq(t *testing.T) int64 {
	t.Helper()
	return must(f.people["owner"].Board(t.Context(), f.own.ID))(t).Seq
}

// version is the one that the target of a change has; all but the board are fresh.
func (f *fixture) version(t *testing.T, r route, thing string) int {
	t.Helper()
	if r.last() == "board" && thing == "own" {
		return must(f.people["owner"].Board(t.Context(), f.own.ID))(t).Version
	}
	return 1
}
