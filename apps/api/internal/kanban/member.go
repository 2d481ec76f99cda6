package kanban

import (
	"context"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// Role is what a person is on a board.
type Role string

// The roles, each with all that the next one may.
const (
	Owner  Role = "owner"  // may also decide who is on the board
	Editor Role = "editor" // may also change columns and cards
	Viewer Role = "viewer" // may look
)

// MayEdit reports whether the role may change columns and cards.
func (r Role) MayEdit() bool { return r == Owner || r == Editor }

// MayOwn reports whether the role may change the board itself.
func (r Role) MayOwn() bool { return r == Owner }

func (r Role) check() *problem.Field {
	switch r {
	case Owner, Editor, Viewer:
		return nil
	default:
		return &problem.Field{Field: "role", Code: "not_offered", Detail: "A member is an owner, an editor or a viewer."}
	}
}

// Member is somebody who is on a board.
type Member struct {
	ID       uuid.UUID
	Name     string
	Email    string // for owners alone; "" for all others
	Role     Role
	JoinedAt time.Time
	Seq      int64
}

// BoardMember is a member as their board shows them.
type BoardMember struct {
	ID   uuid.UUID
	Name string
}

// Crew is what a Change knows of a board's members, and does to them.
type Crew interface {
	// Member finds somebody on the board; MemberNotFound for who isn't.
	Member(ctx context.Context, id uuid.UUID) (Member, error)
	// Owners counts them.
	Owners(ctx context.Context) (int, error)
	SetRole(ctx context.Context, id uuid.UUID, role Role) error
	// RemoveMember also takes them off the cards that they were to do, and tells which.
	RemoveMember(ctx context.Context, id uuid.UUID) (cards []uuid.UUID, err error)
	// AddMember reports false for somebody who has left Cardwall for good; ErrForgotten for somebody whose profile isn't there. Without a time
	// they join now.
	AddMember(ctx context.Context, id uuid.UUID, role Role, joined *time.Time) (bool, error)

	// AssignCards and UnassignCards leave alone what is so already.
	AssignCards(ctx context.Context, person uuid.UUID, cards []uuid.UUID) error
	UnassignCards(ctx context.Context, person uuid.UUID, cards []uuid.UUID) error
}

// Members lists who is on a board, in the order in which they came, and the board's seq. E-mails are for owners.
// problem.NotFound if the actor isn't one of them.
func (s *Service) Members(ctx context.Context, actor Actor, board uuid.UUID) ([]Member, int64, error) {
	members, seq, err := s.store.Members(ctx, actor.ID, board)
	for _, m := range members {
		if m.ID == actor.ID && m.Role.MayOwn() {
			return members, seq, err
		}
	}
	for i := range members {
		members[i].Email = ""
	}
	return members, seq, err
}

// changeCrew runs fn for an owner of a board, in the archive too: there it can still be read.
func (s *Service) changeCrew(ctx context.Context, actor Actor, board uuid.UUID, fn func(Change) error) error {
	return s.changeAny(ctx, actor, board, Ask{}, func(c Change) error {
		if !c.Role().MayOwn() {
			return ownersDecide()
		}
		return fn(c)
	})
}

func ownersDecide() error {
	return problem.New(problem.Forbidden, "owners_only", "Only an owner of this board can decide who is on it.")
}

// keepOwner makes problem.Conflict "last_owner" when a board would be without an owner but for this one.
func keepOwner(ctx context.Context, c Change, member Member) error {
	if member.Role != Owner {
		return nil
	}
	owners, err := c.Owners(ctx)
	if err == nil && owners < 2 {
		err = problem.New(problem.Conflict, "last_owner", "A board is never without an owner, and this is the only one. Make somebody else an owner first, or delete the board.")
	}
	return err
}
