package identity

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// BoardGuest is what somebody brings who was invited to a board, and needs an account to join it. It lets one person in, and shows nobody's
// mailbox: its link may have been passed on by hand.
type BoardGuest struct {
	Invitation uuid.UUID // the api's; uuid.Nil until it is asked, and for none
	secret     string
	refused    error // why it lets nobody in
}

// FindBoardInvitation has the api tell which invitation waits that has this secret; problem.NotFound for none.
type FindBoardInvitation func(ctx context.Context, secret string) (uuid.UUID, error)

// boardMark stands before the secret of an invitation to a board, where it is brought instead of one of ours: those have no dot.
const boardMark = "board."

// BringFromBoard is what the sign-up page is to be given for the secret of an invitation to a board.
func BringFromBoard(secret string) string { return boardMark + secret }

func boardGuest(brought string) BoardGuest {
	secret, marked := strings.CutPrefix(brought, boardMark)
	if !marked {
		return BoardGuest{}
	}
	return BoardGuest{secret: secret}
}

func (g BoardGuest) is() bool { return g.secret != "" }

// askForBoard finds out whether what somebody brings from a board lets them in.
func (s *Service) askForBoard(ctx context.Context, i Invitation) Invitation {
	if !i.Board.is() {
		return i
	}
	found, err := s.findBoardInvitation(ctx, i.Board.secret)
	if problem.Is(err, problem.NotFound) || problem.Is(err, problem.Invalid) {
		err = InvitationOver()
	}
	i.Board.Invitation, i.Board.refused = found, err
	return i
}
