package board

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"cardwall/apps/web/internal/activity"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

const (
	boardsAtOnce   = 400 // as many as the api lists at once
	archivedAtOnce = 100
	recentAtMost   = 6
	recentFor      = 14 * 24 * time.Hour
	facesAtMost    = 3 // of a board's members, or two and a number
)

// boardsView is what the page of boards shows.
type boardsView struct {
	Starred  []kanbanapi.BoardSummary
	Recent   []kanbanapi.BoardSummary // opened lately, the latest first, and not starred
	All      []kanbanapi.BoardSummary // by title
	Archived []kanbanapi.BoardSummary // some of them, to count
	Gone     *kanbanapi.BoardSummary  // the board that was just archived or deleted, to offer its way back
	Undo     *activity.Flash          // takes that back
	Next     string                   // the cursor of the next page, or ""
	First    bool                     // the first page
	Invited  []kanbanapi.Invitation   // that wait for the reader
	Failed   ui.Failure
}

// Bare reports whether there is no board to show.
func (v boardsView) Bare() bool { return v.First && len(v.All) == 0 }

// NeverHadOne reports whether the reader is new.
func (v boardsView) NeverHadOne() bool { return v.Bare() && len(v.Archived) == 0 }

// ArchivedText is how many boards are in the archive.
func (v boardsView) ArchivedText() string {
	if len(v.Archived) == 0 {
		return "Archive and trash"
	}
	if len(v.Archived) == archivedAtOnce {
		return "Archived, " + strconv.Itoa(archivedAtOnce) + " or more"
	}
	return "Archived, " + strconv.Itoa(len(v.Archived))
}

func (h Handlers) list(w http.ResponseWriter, r *http.Request) error {
	v, err := h.boards(r)
	if err == nil && v.NeverHadOne() && r.Method == http.MethodGet {
		return h.welcome(w, r, v)
	}
	if err != nil {
		return err
	}
	return ui.Render(w, r, http.StatusOK, boardsPage(v))
}

func (h Handlers) renderBoards(w http.ResponseWriter, r *http.Request, failed ui.Failure) error {
	v, err := h.boards(r)
	if err != nil {
		return err
	}
	v.Failed = failed
	return ui.Render(w, r, failed.Status(), boardsPage(v))
}

// boards reads what the page shows.
func (h Handlers) boards(r *http.Request) (boardsView, error) {
	cursor := r.URL.Query().Get("cursor")
	live, err := h.API.Boards(r.Context(), cursor, boardsAtOnce)
	if err != nil {
		return boardsView{}, err
	}
	archived, err := h.API.AwayBoards(r.Context(), kanbanapi.Find{State: kanbanapi.Archived, Limit: archivedAtOnce})
	v := boardsView{All: live.Items, Archived: archived.Items, First: cursor == ""}
	v.Next, _ = live.NextCursor.Get()
	if v.First {
		v.Starred = slices.DeleteFunc(slices.Clone(byTitle(v.All)), func(b kanbanapi.BoardSummary) bool { return !b.Starred })
		v.Recent = recent(v.All, time.Now())
	}
	v.All = byTitle(v.All)
	if err != nil {
		return v, err
	}
	if v.First {
		waiting, err := h.API.MyInvitations(r.Context())
		if err != nil && !problem.Is(err, problem.NotFound) { // an api that is older knows of none
			return v, err
		}
		v.Invited = waiting.Items
	}
	query := r.URL.Query()
	v.Gone = named(query.Get("archived"), v.Archived)
	if query.Has("deleted") {
		deleted, err := h.API.AwayBoards(r.Context(), kanbanapi.Find{State: kanbanapi.Deleted, Limit: archivedAtOnce})
		v.Gone = named(query.Get("deleted"), deleted.Items)
		if err != nil {
			return v, err
		}
	}
	if v.Gone != nil {
		v.Undo = activity.Unread(r, v.Gone.Id)
	}
	return v, nil
}

// named is the board with that id; nil if it isn't among them.
func named(id string, boards []kanbanapi.BoardSummary) *kanbanapi.BoardSummary {
	at := slices.IndexFunc(boards, func(b kanbanapi.BoardSummary) bool { return b.Id.String() == id })
	if at < 0 {
		return nil
	}
	return &boards[at]
}

// inTrash reports whether the board that was just put away can go for good.
func (v boardsView) inTrash() bool { return v.Gone.Away != nil && !v.Gone.Away.GoneAt.IsNull() }

func (v boardsView) goneIcon() string {
	if v.inTrash() {
		return "trash"
	}
	return "archive"
}

func (v boardsView) goneText() string {
	if v.inTrash() {
		return "Deleted “" + v.Gone.Title + "”. For 30 days it can be brought back, here and from the trash."
	}
	return "Archived “" + v.Gone.Title + "”. Nobody sees it on their boards now."
}

// recent are the boards opened lately that aren't starred, the latest first.
func recent(boards []kanbanapi.BoardSummary, now time.Time) []kanbanapi.BoardSummary {
	var opened []kanbanapi.BoardSummary
	for _, b := range boards {
		if at, err := b.OpenedAt.Get(); err == nil && !b.Starred && now.Sub(at) < recentFor {
			opened = append(opened, b)
		}
	}
	slices.SortStableFunc(opened, func(a, b kanbanapi.BoardSummary) int {
		return b.OpenedAt.MustGet().Compare(a.OpenedAt.MustGet())
	})
	return opened[:min(len(opened), recentAtMost)]
}

// byTitle sorts as people do: a letter's case and marks don't count.
func byTitle(boards []kanbanapi.BoardSummary) []kanbanapi.BoardSummary {
	keys := make(map[string]string, len(boards))
	for _, b := range boards {
		keys[b.Title] = titleKey(b.Title)
	}
	return slices.SortedStableFunc(slices.Values(boards), func(a, b kanbanapi.BoardSummary) int {
		return cmp.Or(strings.Compare(keys[a.Title], keys[b.Title]), strings.Compare(a.Title, b.Title))
	})
}

func titleKey(title string) string {
	unmarked := strings.Map(func(c rune) rune {
		if unicode.Is(unicode.Mn, c) {
			return -1
		}
		return c
	}, norm.NFD.String(title))
	return strings.ToLower(unmarked)
}

// small are a board's columns as its tile draws them.
func small(b kanbanapi.BoardSummary) []ui.WallColumn {
	columns := make([]ui.WallColumn, len(b.Columns))
	for i, column := range b.Columns {
		columns[i].Cards = column.CardCount
		if hue, err := column.Hue.Get(); err == nil {
			columns[i].Hue = ui.HueClass(hue)
		}
	}
	return columns
}

// rowID is a board's anchor in the list of all.
func rowID(board uuid.UUID) string { return "board-" + board.String() }
