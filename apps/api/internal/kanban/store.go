package kanban

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Store keeps the boards. Every look-up is scoped by the person who asks; what is not there or not theirs
// is problem.NotFound. When the database is away or busy, the error is problem.Unavailable.
type Store interface {
	// SavePerson writes a profile, if it differs from the one that is kept.
	SavePerson(ctx context.Context, person Person) error
	// Leave takes a person off all boards, which an activity tells of there, with what EndInvitationsOf ends, and their profile away, and with them the boards that
	// which chooses, or fails with its error and changes nothing. Changes of the person's boards wait meanwhile. which may run more than once.
	Leave(ctx context.Context, person uuid.UUID, which func([]Membership) ([]uuid.UUID, error)) error

	// Boards lists a person's boards that are neither archived nor deleted, newest first.
	Boards(ctx context.Context, person uuid.UUID, page Page) ([]BoardSummary, error)
	// BoardState tells what a person's copy of a board depends on, cheaply.
	BoardState(ctx context.Context, person, board uuid.UUID) (BoardState, error)
	// Board reads one snapshot of a board with at most perColumn cards of each column.
	Board(ctx context.Context, person, board uuid.UUID, perColumn int) (Board, error)
	// FilteredBoard does so with cards that match alone, and how many do.
	FilteredBoard(ctx context.Context, person, board uuid.UUID, perColumn int, filter Filter) (Board, error)
	// CreateBoard writes a board and its owner, and runs fill, which records what the board begins with and learns
	// whether the actor never had a board before. When the id is in use it reports false, with the board that has it or
	// problem.NotFound if that isn't the actor's to see. ErrForgotten for an actor whose profile isn't there,
	// problem.Forbidden "account_deleted" for one who has left.
	CreateBoard(ctx context.Context, actor Actor, board NewBoard, fill func(ctx context.Context, c Change, first bool) error) (made BoardSummary, created bool, err error)
	// StarBoard and CollapseColumn keep what a person wants of how they see a board; MarkOpened, that they have seen it.
	StarBoard(ctx context.Context, person, board uuid.UUID, starred bool) error
	// A fold that has a name is made once: MadeAlready.
	CollapseColumn(ctx context.Context, actor Actor, board, column uuid.UUID, collapsed bool) error
	MarkOpened(ctx context.Context, person, board uuid.UUID) error

	// Columns lists a board's live columns from the left, and the board's seq.
	Columns(ctx context.Context, person, board uuid.UUID) (columns []Column, seq int64, err error)

	// AwayCards, AwayColumns and AwayBoards list what is in the archive or in the trash, what was put there last first,
	// and the board's seq.
	AwayCards(ctx context.Context, person, board uuid.UUID, find Find) (cards []AwayCard, seq int64, err error)
	AwayColumns(ctx context.Context, person, board uuid.UUID, find Find) (columns []AwayColumn, seq int64, err error)
	AwayBoards(ctx context.Context, person uuid.UUID, find Find) ([]AwayBoard, error)

	// Labels lists a board's labels by name, and the board's seq.
	Labels(ctx context.Context, person, board uuid.UUID) (labels []ListedLabel, seq int64, err error)

	// Members lists who is on a board, in the order in which they came, and the board's seq.
	Members(ctx context.Context, person, board uuid.UUID) (members []Member, seq int64, err error)

	// Invitations lists those that wait on a board, for an owner; InvitationsTo those that wait for an e-mail, on boards that the person
	// isn't on. InvitationFor finds one that can be used, or that the person has used; DeclineInvitation ends it; InvitationOver for none. AcceptInvitation
	// uses one up, if it still waits, for who is on the board.
	Invitations(ctx context.Context, person, board uuid.UUID) ([]Invitation, error)
	InvitationsTo(ctx context.Context, person uuid.UUID, emailKey string) ([]Invitation, error)
	InvitationFor(ctx context.Context, key InvitationKey) (Invitation, error)
	DeclineInvitation(ctx context.Context, person uuid.UUID, key InvitationKey) error
	AcceptInvitation(ctx context.Context, person, board, id uuid.UUID) error
	// SealInvitation puts the hash of a new secret in the place of those before, for an owner, or beside them for a mail of the invitation
	// as it was sent at that time; InvitationOver for one that can't be used, or has been sent anew since.
	SealInvitation(ctx context.Context, person, board, id uuid.UUID, hash SecretHash, mailOf *time.Time) (Invitation, error)

	// Cards lists a column's live cards from the top.
	Cards(ctx context.Context, person, board, column uuid.UUID, page Page) ([]CardSummary, error)
	// FilteredCards lists those of a column that match, live ones or archived ones, and tells how many there are in all.
	FilteredCards(ctx context.Context, person, board, column uuid.UUID, page Page, filter Filter) (cards []CardSummary, matches int, err error)
	// Card reads a card that isn't in the trash.
	Card(ctx context.Context, person, board uuid.UUID, ref CardRef) (Card, error)
	// Story lists what happened on a board, newest first, and names what it tells of.
	Story(ctx context.Context, person, board uuid.UUID, page StoryPage) (Story, error)
	// CardVersions lists the versions of a card that isn't in the trash, newest first; CardVersion reads one.
	CardVersions(ctx context.Context, person, board uuid.UUID, ref CardRef, page VersionPage) ([]CardVersion, error)
	CardVersion(ctx context.Context, person, board uuid.UUID, ref CardRef, number int) (CardAsOf, error)

	// Search finds at most limit cards on a person's boards, in the order of their tiers and in each from the newest on, that come
	// behind a mark; Nearly is for a search that finds nothing better. It may stop earlier, and says then where to go on.
	Search(ctx context.Context, person uuid.UUID, search Search, after Mark, limit int) (found []Hit, left *Mark, err error)

	// Numbered lists the cards of a number on all of a person's boards.
	Numbered(ctx context.Context, person uuid.UUID, number, limit int) ([]NumberedCard, error)

	// Activity lists what happened on a board after a seq.
	Activity(ctx context.Context, person, board uuid.UUID, after int64, limit int) ([]Activity, error)

	// Watched tells of each watch, in their order, how far its board is, or why its person may not look at it. Seqs tells how far
	// boards are, and Happened what happened on one after a seq, whoever asks.
	Watched(ctx context.Context, watches []Watch) ([]Watched, error)
	Seqs(ctx context.Context, boards []uuid.UUID) (map[uuid.UUID]int64, error)
	Happened(ctx context.Context, board uuid.UUID, after int64, limit int) ([]Activity, error)

	// PurgeNext deletes for good, in one transaction, a board or some cards and columns that have been in the trash for so long; nothing
	// is left when it did nothing.
	PurgeNext(ctx context.Context, keeps time.Duration) (Purged, error)

	// Change takes the board's lock and its next seq, runs fn, and commits what it wrote; all or nothing.
	// When fn returns ErrUnchanged, nothing is written but the change's name, seq stays, and Change returns nil.
	// fn may run more than once.
	Change(ctx context.Context, actor Actor, board uuid.UUID, first Ask, fn func(Change) error) error
	// Join does so for an actor who needn't be on the board: Role is "" then.
	Join(ctx context.Context, actor Actor, board uuid.UUID, fn func(Change) error) error
}

// Ask is what a change is going to ask first, in this order, after Made for an actor who has named it: what is said beforehand can be read together with the lock.
// Whether it says so changes nothing but the time that it takes.
type Ask struct {
	Own    *Own      // through Own
	Card   *CardRef  // through CardAnywhere
	Place  *Place    // through CardGap
	Moving uuid.UUID // with it
	Cards  int       // how many are going to be made, through CreateCard or CreateCards
}

// Change is one change to one board, under its lock.
type Change interface {
	// Role is what the actor is on this board.
	Role() Role
	// Archived reports whether the board is in the archive.
	Archived() bool
	// Deleted reports whether the board is in the trash.
	Deleted() bool
	// Seq is the number of the next activity that this change records. What is read or written through the Change
	// says the seq before it, until the verb records the activity.
	Seq() int64
	// Made reports whether a change of the actor's that was called the same is on the board already; seq is its last
	// activity's, 0 where none tells of it.
	Made(ctx context.Context) (seq int64, made bool, err error)
	// MadeBy tells by which activity a column or a label was made.
	MadeBy(ctx context.Context, id uuid.UUID) (seq int64, err error)

	Board(ctx context.Context) (BoardSummary, error)
	RenameBoard(ctx context.Context, title string) (BoardSummary, error)
	ArchiveBoard(ctx context.Context) (BoardSummary, error)
	// RestoreBoard brings the board back to the wall, from the archive, the trash or both; UndeleteBoard, out of the trash alone.
	RestoreBoard(ctx context.Context) (BoardSummary, error)
	DeleteBoard(ctx context.Context) error
	UndeleteBoard(ctx context.Context) error
	PurgeBoard(ctx context.Context) error

	Column(ctx context.Context, id uuid.UUID) (Column, error)
	CreateColumn(ctx context.Context, column NewColumn, rank string) (Column, error)
	UpdateColumn(ctx context.Context, column Column) (Column, error)
	MoveColumn(ctx context.Context, id uuid.UUID, rank string) error
	ArchiveColumn(ctx context.Context, id uuid.UUID) (Column, error)
	// DeleteColumn puts a column into the trash, where it is in the archive too; UndeleteColumn leaves it in the archive.
	DeleteColumn(ctx context.Context, id uuid.UUID) error
	UndeleteColumn(ctx context.Context, id uuid.UUID) error
	// PurgeColumn deletes a column for good with all its cards, and takes out of the activity what was written on them.
	PurgeColumn(ctx context.Context, id uuid.UUID) error
	// RestoreColumn makes a column live again at a rank.
	RestoreColumn(ctx context.Context, id uuid.UUID, rank string) (Column, error)
	// ColumnRankTaken reports whether a live column stands at that rank.
	ColumnRankTaken(ctx context.Context, rank string) (bool, error)
	// ColumnGap tells the ranks on both sides of the place beside a column, leaving out the one that moves and those
	// in the archive; found is false when that neighbour isn't a live column of the board. Without a neighbour it is the right end.
	ColumnGap(ctx context.Context, beside ColumnPlace, moving uuid.UUID) (gap Gap, found bool, err error)
	// RankColumns gives every column a fresh rank in the present order: ranks(last, n) makes n of them above the last.
	RankColumns(ctx context.Context, ranks func(last string, n int) []string) error

	// CardsInColumn lists a column's live cards from the top, at most limit of them.
	CardsInColumn(ctx context.Context, column uuid.UUID, limit int) ([]PlacedCard, error)
	// CardAnywhere reads a card in whatever state: live, archived or in the trash.
	CardAnywhere(ctx context.Context, ref CardRef) (Card, error)
	// MadeCard tells by which activity a card was made, and in which column.
	MadeCard(ctx context.Context, card uuid.UUID) (seq int64, column uuid.UUID, err error)
	CreateCard(ctx context.Context, card NewCard, rank string) (Card, error)
	// CreateCards does so for several of one column, each at the rank beside it, which have nothing but titles.
	CreateCards(ctx context.Context, column uuid.UUID, cards []NewCard, ranks []string) ([]Card, error)
	UpdateCard(ctx context.Context, card Card) (Card, error)
	MoveCard(ctx context.Context, id, column uuid.UUID, rank string) error
	ArchiveCard(ctx context.Context, card Card) (Card, error)
	DeleteCard(ctx context.Context, id uuid.UUID) error
	// PurgeCard deletes a card for good, and takes out of the activity what was written on it.
	PurgeCard(ctx context.Context, id uuid.UUID) error
	// RestoreCard makes a card live again at a rank.
	RestoreCard(ctx context.Context, card Card, rank string) (Card, error)
	// RankTaken reports whether a live card of the column stands at that rank.
	RankTaken(ctx context.Context, column uuid.UUID, rank string) (bool, error)
	// CardGap tells the ranks on both sides of a place, leaving out the cards that move; found is false when
	// the place's neighbour isn't a live card of its column, or the column isn't a live one of the board.
	CardGap(ctx context.Context, place Place, moving ...uuid.UUID) (gap Gap, found bool, err error)
	// RankCards does for a column's cards what RankColumns does for a board's columns: archived cards and those in
	// the trash keep their place between the others.
	RankCards(ctx context.Context, column uuid.UUID, ranks func(last string, n int) []string) error

	// BatchCards reads cards in whatever state, in the order of the wall: by column, then from the top.
	BatchCards(ctx context.Context, ids []uuid.UUID) ([]BatchCard, error)
	// PlaceCards puts each card at the rank beside it, none of which a card of the column has.
	PlaceCards(ctx context.Context, ids []uuid.UUID, column uuid.UUID, ranks []string) error
	ArchiveCards(ctx context.Context, ids []uuid.UUID) error

	// Labels lists the board's labels by name.
	Labels(ctx context.Context) ([]Label, error)
	// CreateLabel and UpdateLabel also keep the name's key, which no other label of the board has.
	CreateLabel(ctx context.Context, label NewLabel, key string) (Label, error)
	UpdateLabel(ctx context.Context, label Label, key string) (Label, error)
	// DeleteLabel also takes a label off the cards that carried it, in whatever state, and tells which.
	DeleteLabel(ctx context.Context, id uuid.UUID) (cards []uuid.UUID, err error)
	// LabelCards and UnlabelCards leave alone what is so already.
	LabelCards(ctx context.Context, label uuid.UUID, cards []uuid.UUID) error
	UnlabelCards(ctx context.Context, label uuid.UUID, cards []uuid.UUID) error

	Crew
	Invitations
	Past
	// Record writes the activities that tell of this change, with seqs that follow on each other.
	Record(ctx context.Context, activities []Activity) error
}
