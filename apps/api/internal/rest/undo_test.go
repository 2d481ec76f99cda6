package rest_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"cardwall/apps/api/internal/kanban"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// state writes down all that a board holds, archive and trash too, but for versions and times.
func (a *api) state(t *testing.T, board uuid.UUID) string {
	t.Helper()
	var state string
	err := a.pool.QueryRow(t.Context(), `
		SELECT string_agg(line, E'\n' ORDER BY line) FROM (
			SELECT format('board %s, archived %s', b.title, s.archived_at IS NOT NULL) AS line
			FROM boards b JOIN board_seq s ON s.board_id = b.id WHERE b.id = $1
			UNION ALL SELECT format('column %s %s at %s, %s %s %s, archived %s, deleted %s', id, title, rank, wip_limit, hue, kind, archived_at IS NOT NULL, deleted_at IS NOT NULL)
			FROM columns WHERE board_id = $1
			UNION ALL SELECT format('card %s %s %s in %s at %s: %s, due %s, archived %s, deleted %s', id, number, title, column_id, rank, description, due_on, archived_at IS NOT NULL, deleted_at IS NOT NULL)
			FROM cards WHERE board_id = $1
			UNION ALL SELECT format('label %s %s %s', id, name, hue) FROM labels WHERE board_id = $1
			UNION ALL SELECT format('label %s on %s', label_id, card_id) FROM card_labels WHERE board_id = $1
			UNION ALL SELECT format('member %s %s since %s', person_id, role, joined_at) FROM members WHERE board_id = $1
			UNION ALL SELECT format('member %s on %s', person_id, card_id) FROM card_assignees WHERE board_id = $1
		) lines`, board).Scan(&state)
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// undo takes back the last thing, which must work.
func (p *person) undo(t *testing.T, board uuid.UUID) kanbanapi.Undone {
	t.Helper()
	return must(p.Undo(t.Context(), board, kanbanapi.UndoWhich{}))(t)
}

func (p *person) redo(t *testing.T, board uuid.UUID) kanbanapi.Undone {
	t.Helper()
	return must(p.Redo(t.Context(), board, kanbanapi.UndoWhich{}))(t)
}

// ways has a way to each verb that can be undone, from a board with a card a that carries the label Rain and is Bob's to do, b, c and an
// archived column Later.
func ways(ada *person, w wall, rain, later, bob uuid.UUID) map[kanban.Verb]func(t *testing.T) {
	end := kanbanapi.End
	card := func(title string) string { return w.Cards[title].Id.String() }
	return map[kanban.Verb]func(t *testing.T){
		kanban.BoardRenamed: func(t *testing.T) {
			must(ada.UpdateBoard(t.Context(), w.ID, 1, kanbanapi.BoardPatch{Title: ref("Orchard")}))(t)
		},
		kanban.BoardArchived: func(t *testing.T) { must(ada.ArchiveBoard(t.Context(), w.ID))(t) },
		kanban.BoardRestored: func(t *testing.T) { must(ada.RestoreBoard(t.Context(), w.ID))(t) },
		kanban.ColumnCreated: func(t *testing.T) { must(ada.CreateColumn(t.Context(), w.ID, kanbanapi.NewColumn{Title: "New"}))(t) },
		kanban.ColumnEdited: func(t *testing.T) {
			patch := kanbanapi.ColumnPatch{Title: ref("Now"), Kind: ref(kanbanapi.Done)}
			patch.WipLimit.Set(3)
			patch.Hue.Set(kanbanapi.Red)
			must(ada.UpdateColumn(t.Context(), w.ID, w.Columns[0], 1, patch))(t)
		},
		kanban.ColumnMoved: func(t *testing.T) {
			must(ada.MoveColumn(t.Context(), w.ID, w.Columns[2], kanbanapi.ColumnMove{Before: &w.Columns[0]}))(t)
		},
		kanban.ColumnArchived: func(t *testing.T) { must(ada.ArchiveColumn(t.Context(), w.ID, w.Columns[0]))(t) },
		kanban.ColumnRestored: func(t *testing.T) { must(ada.RestoreColumn(t.Context(), w.ID, later))(t) },
		kanban.ColumnDeleted:  func(t *testing.T) { must(ada.DeleteColumn(t.Context(), w.ID, w.Columns[0], 1))(t) },
		kanban.CardCreated: func(t *testing.T) {
			must(ada.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[1], Title: "New", Description: ref("words")}))(t)
		},
		kanban.CardEdited: func(t *testing.T) {
			patch := kanbanapi.CardPatch{Title: ref("A"), Description: ref("words")}
			patch.DueOn.Set(date(t, "2026-12-24"))
			must(ada.UpdateCard(t.Context(), w.ID, card("a"), 1, patch))(t)
		},
		kanban.CardMoved: func(t *testing.T) {
			must(ada.MoveCard(t.Context(), w.ID, card("a"), kanbanapi.CardMove{ColumnId: w.Columns[1], At: &end}))(t)
		},
		kanban.CardArchived: func(t *testing.T) { must(ada.ArchiveCard(t.Context(), w.ID, card("b")))(t) },
		kanban.CardRestored: func(t *testing.T) { must(ada.RestoreCard(t.Context(), w.ID, card("away")))(t) },
		kanban.CardDeleted: func(t *testing.T) {
			if _, err := ada.DeleteCard(t.Context(), w.ID, card("b"), 1); err != nil {
				t.Fatal(err)
			}
		},
		kanban.CardLabelled:      func(t *testing.T) { must(ada.LabelCard(t.Context(), w.ID, card("b"), rain))(t) },
		kanban.CardUnlabelled:    func(t *testing.T) { must(ada.UnlabelCard(t.Context(), w.ID, card("a"), rain))(t) },
		kanban.CardAssigned:      func(t *testing.T) { must(ada.AssignCard(t.Context(), w.ID, card("b"), bob))(t) },
		kanban.CardUnassigned:    func(t *testing.T) { must(ada.UnassignCard(t.Context(), w.ID, card("a"), bob))(t) },
		kanban.MemberRoleChanged: func(t *testing.T) { must(ada.ChangeRole(t.Context(), w.ID, bob, kanbanapi.Owner))(t) },
		kanban.MemberRemoved:     func(t *testing.T) { must(ada.RemoveMember(t.Context(), w.ID, bob))(t) },
		kanban.LabelCreated: func(t *testing.T) {
			must(ada.CreateLabel(t.Context(), w.ID, kanbanapi.NewLabel{Name: "Sun", Hue: kanbanapi.Red}))(t)
		},
		kanban.LabelEdited: func(t *testing.T) {
			must(ada.UpdateLabel(t.Context(), w.ID, rain, 1, kanbanapi.LabelPatch{Name: ref("Snow"), Hue: ref(kanbanapi.Blue)}))(t)
		},
		kanban.LabelDeleted: func(t *testing.T) {
			if _, err := ada.DeleteLabel(t.Context(), w.ID, rain, 1); err != nil {
				t.Fatal(err)
			}
		},
	}
}

// Everything of a verb comes back, and goes again, and comes back; each time an activity tells which.
func TestEveryVerbIsUndoneAndRedone(t *testing.T) {
	t.Parallel()
	for _, verb := range kanban.Verbs() {
		switch verb {
		case kanban.BoardCreated, kanban.ColumnPurged, kanban.CardPurged, kanban.MemberInvited, kanban.InvitationWithdrawn, kanban.MemberJoined, kanban.MemberLeft: // can't be undone
			continue
		case kanban.MemberRestored: // only undoing a removal does it
			continue
		case kanban.BoardDeleted: // can't be read meanwhile: TestTheDeletionOfABoardIsUndoneAndRedone
			continue
		}
		t.Run(string(verb), func(t *testing.T) {
			t.Parallel()
			a := setup(t)
			ada, bob := a.person(t, "Ada"), a.person(t, "Bob")
			w := ada.wall(t, "a", "b", "c", "away")
			a.member(t, w.ID, bob, "editor")
			must(ada.AssignCard(t.Context(), w.ID, "1", bob.ID))(t)
			rain := ada.label(t, w.ID, "Rain").Id
			must(ada.LabelCard(t.Context(), w.ID, "1", rain))(t)
			later := must(ada.CreateColumn(t.Context(), w.ID, kanbanapi.NewColumn{Title: "Later"}))(t).Id
			must(ada.ArchiveColumn(t.Context(), w.ID, later))(t)
			must(ada.ArchiveCard(t.Context(), w.ID, "4"))(t)
			if verb == kanban.BoardRestored {
				must(ada.ArchiveBoard(t.Context(), w.ID))(t)
			}
			way := ways(ada, w, rain, later, bob.ID)[verb]
			if way == nil {
				t.Fatalf("%s is not tried", verb)
			}

			before := a.state(t, w.ID)
			way(t)
			after := a.state(t, w.ID)
			seq := must(ada.Board(t.Context(), w.ID))(t).Seq
			for i, step := range []struct {
				take func(*testing.T, uuid.UUID) kanbanapi.Undone
				want string
				redo bool
			}{{ada.undo, before, false}, {ada.redo, after, true}, {ada.undo, before, false}, {ada.redo, after, true}} {
				done := step.take(t, w.ID)
				if got := a.state(t, w.ID); got != away(verb, got, step.want) {
					t.Fatalf("step %d: got\n%s\nwant\n%s", i, got, step.want)
				}
				wantTold(t, ada, w, done, seq+int64(i), step.redo)
			}
		})
	}
}

// away is how a board looks after what made a column or a card is undone: it can't but be in the trash.
func away(verb kanban.Verb, got, want string) string {
	if verb == kanban.ColumnCreated || verb == kanban.CardCreated {
		var kept []string
		for line := range strings.Lines(got) {
			if !strings.Contains(line, " New ") || strings.Contains(want, " New ") {
				kept = append(kept, line)
			} else if !strings.HasSuffix(strings.TrimSpace(line), " t") {
				return "not away: " + line
			}
		}
		if strings.TrimSpace(strings.Join(kept, "")) == want {
			return got
		}
	}
	return want
}

// wantTold holds the answer against the list of activity.
func wantTold(t *testing.T, p *person, w wall, done kanbanapi.Undone, undid int64, redo bool) {
	t.Helper()
	told := must(p.Activity(t.Context(), w.ID, undid, 100))(t).Items
	if len(told) != 1 || len(done.Activities) != 1 || done.Seq != undid+1 || done.Undid.Seq != undid {
		t.Fatalf("undone is %+v, told are %+v", done, told)
	}
	if told[0].Undid == nil || *told[0].Undid != undid || (told[0].Redo != nil) != redo {
		t.Errorf("told is %+v", told[0])
	}
	one, other := done.Activities[0], told[0]
	if !one.At.Equal(other.At) {
		t.Errorf("the answer says %s, the list %s", one.At, other.At)
	}
	one.At = other.At
	if got, want := asJSON(t, one), asJSON(t, other); got != want {
		t.Errorf("the answer says\n%s, the list\n%s", got, want)
	}
}

func asJSON(t *testing.T, value any) string {
	t.Helper()
	return string(must(json.Marshal(value))(t))
}

func TestUndoGoesBackStepByStepAndForthAgain(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada := a.person(t, "Ada")
	w := ada.wall(t, "a")
	var states []string
	for i, title := range []string{"one", "two", "three"} {
		states = append(states, a.state(t, w.ID))
		must(ada.UpdateCard(t.Context(), w.ID, "1", i+1, kanbanapi.CardPatch{Title: &title}))(t)
	}
	last := a.state(t, w.ID)
	for _, want := range slices.Backward(states) {
		if ada.undo(t, w.ID); a.state(t, w.ID) != want {
			t.Fatalf("got %s, want %s", a.state(t, w.ID), want)
		}
	}
	for _, want := range append(slices.Clone(states[1:]), last) {
		if ada.redo(t, w.ID); a.state(t, w.ID) != want {
			t.Fatalf("got %s, want %s", a.state(t, w.ID), want)
		}
	}
	_, err := ada.Redo(t.Context(), w.ID, kanbanapi.UndoWhich{})
	wantProblem(t, err, problem.Conflict, "nothing_to_redo")

	t.Run("something_new_ends_redo", func(t *testing.T) {
		ada.undo(t, w.ID)
		must(ada.CreateCard(t.Context(), w.ID, kanbanapi.NewCard{ColumnId: w.Columns[0], Title: "new"}))(t)
		_, err := ada.Redo(t.Context(), w.ID, kanbanapi.UndoWhich{})
		wantProblem(t, err, problem.Conflict, "nothing_to_redo")
		if got := ada.undo(t, w.ID).Undid.Verb; got != kanbanapi.CardCreated {
			t.Errorf("undone was %s", got)
		}
		if got := ada.undo(t, w.ID).Undid.Verb; got != kanbanapi.CardEdited { // the redone one of before
			t.Errorf("undone was %s", got)
		}
	})
}

func TestUndoIsOnesOwnOnThisBoardAndInThisSignIn(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, bob := a.person(t, "Ada"), a.person(t, "Bob")
	w := ada.wall(t, "a")
	a.member(t, w.ID, bob, "editor")
	seq := must(ada.Board(t.Context(), w.ID))(t).Seq
	other := ada.wall(t)

	for name, who := range map[string]struct {
		*person
		board uuid.UUID
	}{"somebody_else": {bob, w.ID}, "another_sign-in": {a.signedIn(t, ada), w.ID}} {
		t.Run(name, func(t *testing.T) {
			_, err := who.Undo(t.Context(), who.board, kanbanapi.UndoWhich{})
			wantProblem(t, err, problem.Conflict, "nothing_to_undo")
			_, err = who.Undo(t.Context(), who.board, kanbanapi.UndoWhich{Seq: &seq})
			wantProblem(t, err, problem.Conflict, "nothing_to_undo")
		})
	}
	t.Run("another_board", func(t *testing.T) {
		for range 3 {
			ada.undo(t, other.ID)
		}
		_, err := ada.Undo(t.Context(), other.ID, kanbanapi.UndoWhich{})
		wantProblem(t, err, problem.Conflict, "nothing_to_undo")
	})
	if got := must(ada.Board(t.Context(), w.ID))(t).Seq; got != seq {
		t.Errorf("the board went from %d to %d", seq, got)
	}
}

// signedIn is somebody in another browser.
func (a *api) signedIn(t *testing.T, p *person) *person {
	t.Helper()
	again := a.person(t, p.Name)
	again.ID, again.Email = p.ID, p.Email
	return again
}

func TestUndoByItsSeqAndPastARefusedOne(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, bob := a.person(t, "Ada"), a.person(t, "Grace Hopper")
	w := ada.wall(t, "a", "b", "c")
	a.member(t, w.ID, bob, "editor")
	archived := must(ada.ArchiveCard(t.Context(), w.ID, "2"))(t).Seq
	renamed := must(ada.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Title: ref("A")}))(t).Seq
	must(bob.UpdateCard(t.Context(), w.ID, "1", 2, kanbanapi.CardPatch{Title: ref("Æ")}))(t)

	_, err := ada.Undo(t.Context(), w.ID, kanbanapi.UndoWhich{})
	doc := wantProblem(t, err, problem.Conflict, "changed_since")
	if doc.Detail != "Grace Hopper changed this card's title since. Nothing was undone." {
		t.Errorf("%q", doc.Detail)
	}
	refused, told := kanbanapi.NotTakenBack(err)
	if !told || refused != renamed {
		t.Errorf("refused was %d (%v), want %d", refused, told, renamed)
	}
	if undone := must(ada.Undo(t.Context(), w.ID, kanbanapi.UndoWhich{Before: &refused}))(t); undone.Undid.Seq != archived {
		t.Errorf("%+v", undone)
	}
	_, err = ada.Undo(t.Context(), w.ID, kanbanapi.UndoWhich{Seq: &archived})
	wantProblem(t, err, problem.Conflict, "nothing_to_undo")
	_, err = ada.Undo(t.Context(), w.ID, kanbanapi.UndoWhich{Seq: &archived, Before: &archived})
	wantProblem(t, err, problem.Invalid, "validation_failed")
	bob.undo(t, w.ID)
	if undone := must(ada.Undo(t.Context(), w.ID, kanbanapi.UndoWhich{Seq: &renamed}))(t); undone.Undid.Seq != renamed {
		t.Errorf("%+v", undone)
	}
}

// The title was renamed by both; the rest of what one of them did comes back.
func TestUndoLeavesAloneWhatOthersChanged(t *testing.T) {
	t.Parallel()
	a := setup(t)
	ada, bob := a.person(t, "Ada"), a.person(t, "Grace Hopper")
	w := ada.wall(t, "a", "b")
	a.member(t, w.ID, bob, "editor")
	must(ada.UpdateCard(t.Context(), w.ID, "1", 1, kanbanapi.CardPatch{Title: ref("A")}))(t)
	must(bob.UpdateCard(t.Context(), w.ID, "1", 2, kanbanapi.CardPatch{Description: ref("words")}))(t)
	must(ada.UpdateColumn(t.Context(), w.ID, w.Columns[0], 1, kanbanapi.ColumnPatch{Title: ref("Now")}))(t)
	must(bob.UpdateColumn(t.Context(), w.ID, w.Columns[0], 2, kanbanapi.ColumnPatch{Kind: ref(kanbanapi.Done)}))(t)
	ada.undo(t, w.ID)
	ada.undo(t, w.ID)
	card := must(ada.Card(t.Context(), w.ID, "1"))(t)
	column := must(ada.Board(t.Context(), w.ID))(t).Columns[0]
	if card.Title != "a" || card.Description != "words" || column.Title != "To do" || column.Kind != kanbanapi.Done {
		t.Errorf("%+v %+v", card, column)
	}
	if card.Version != 4 {
		t.Errorf("an undone text is a new version, not %d", card.Version)
	}
}

func TestTheContractHasTheDomainsVerbs(t *testing.T) {
	t.Parallel()
	var named []kanban.Verb
	for _, verb := range contract(t).Components.Schemas["Verb"].Value.Enum {
		named = append(named, kanban.Verb(verb.(string)))
	}
	if verbs := kanban.Verbs(); !slices.Equal(slices.Sorted(slices.Values(named)), slices.Sorted(slices.Values(verbs))) {
		t.Errorf("the contract has %q, the domain %q", named, verbs)
	}
}

// Another issuer's tokens may name a session in another way, or none.
func TestTheSignInOfATokenIsWhatUndoGoesBackThrough(t *testing.T) {
	t.Parallel()
	a := setup(t)
	for _, session := range []string{uuid.NewString(), "s-1", "00000000-0000-0000-0000-000000000000"} {
		t.Run(session, func(t *testing.T) {
			t.Parallel()
			ada := a.person(t, "Ada")
			ada.SessionID = session
			w := ada.wall(t, "a")
			elsewhere := a.signedIn(t, ada)
			_, err := elsewhere.Undo(t.Context(), w.ID, kanbanapi.UndoWhich{})
			wantProblem(t, err, problem.Conflict, "nothing_to_undo")
			if got := ada.undo(t, w.ID).Undid.Verb; got != kanbanapi.CardCreated {
				t.Errorf("undone was %s", got)
			}
		})
	}
}

// A page may send nothing at all.
func TestUndoTakesNoBodyAndNoOther(t *testing.T) {
	t.Parallel()
	ada := setup(t).person(t, "Ada")
	w := ada.wall(t, "a")
	for body, want := range map[string]int{
		"": 200, "{}": 200, `{"seq":0}`: 400, `{"before":-1}`: 400, `{"seq":"3"}`: 400, `{"all":true}`: 400, "[]": 400, `{"seq":3,"before":3}`: 400,
	} {
		if res, answer := ada.send(t, "POST", "/v1/boards/"+w.ID.String()+"/undo", body); res.StatusCode != want {
			t.Errorf("%s: %d %s", body, res.StatusCode, answer)
		}
	}
}
