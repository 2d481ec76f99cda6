package kanban

import (
	"context"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// FormerMember is the name of everybody who has left.
const FormerMember = "Former member"

// namedAtMost is how many boards a refusal names.
const namedAtMost = 5

// Membership is a person's place on a board, and who else is there.
type Membership struct {
	Board       uuid.UUID
	Title       string
	Role        Role
	Others      int
	OtherOwners int
	Deleted     bool // the board is in the trash
}

// Leave takes the actor off all boards for good. Boards that only they are on go with them, and
// boards in the trash that nobody else could bring back; elsewhere what they did
// stays, without their name. Done again it changes nothing. problem.Conflict "sole_owner", with nothing changed, while
// a board that has other members would be left without an owner.
func (s *Service) Leave(ctx context.Context, actor Actor) error {
	err := s.store.Leave(ctx, actor.ID, boardsThatGo)
	if err == nil {
		s.met.Remove(actor.ID)
	}
	return err
}

func boardsThatGo(all []Membership) ([]uuid.UUID, error) {
	var orphans []string
	var gone []uuid.UUID
	for _, m := range all {
		switch {
		case m.Others == 0, m.Deleted && m.Role == Owner && m.OtherOwners == 0:
			gone = append(gone, m.Board)
		case m.Role == Owner && m.OtherOwners == 0:
			orphans = append(orphans, m.Title)
		}
	}
	if orphans != nil {
		return nil, soleOwner(orphans)
	}
	return gone, nil
}

func soleOwner(titles []string) error {
	more := ""
	if extra := len(titles) - namedAtMost; extra > 0 {
		titles, more = titles[:namedAtMost], " and "+strconv.Itoa(extra)+" more"
	}
	return problem.New(problem.Conflict, "sole_owner", "You are the only owner of “"+strings.Join(titles, "”, “")+"”"+more+
		", where others work too. Make somebody else an owner, or delete the board, then try again.")
}

// Left is for somebody who has left and would begin anew: problem.Forbidden "account_deleted".
func Left() error {
	return problem.New(problem.Forbidden, "account_deleted", "This account has been deleted here. Finish deleting it on your account page.")
}
