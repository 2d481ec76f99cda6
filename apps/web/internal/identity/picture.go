package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// Pictures fetches a provider's picture: an address that somebody else named. Fetch returns problem.Unavailable when
// its server is away.
type Pictures interface {
	Fetch(ctx context.Context, address string, most int) ([]byte, error)
}

const lookForPictures = time.Minute

// RunPictures fetches the pictures that providers name, until the context ends.
func (s *Service) RunPictures(ctx context.Context) {
	if s.pictures == nil {
		return
	}
	tick := time.NewTicker(lookForPictures)
	defer tick.Stop()
	for {
		s.FetchPictures(ctx)
		select {
		case <-ctx.Done():
			return
		case <-s.pictureNamed:
		case <-tick.C:
		}
	}
}

type claim struct {
	personID uuid.UUID
	address  string
}

// FetchPictures fetches each picture that waits once. Those whose server is away, or for which there was no turn,
// wait again afterwards.
func (s *Service) FetchPictures(ctx context.Context) {
	var again []claim
	for ctx.Err() == nil {
		personID, address, err := s.store.ClaimPicture(ctx)
		if problem.Is(err, problem.NotFound) {
			break
		}
		if err != nil {
			s.log.WarnContext(ctx, "providers' pictures not looked for", "err", err)
			break
		}
		if err := s.fetchPicture(ctx, personID, address); err != nil {
			s.log.InfoContext(ctx, "a provider's picture isn't shown", "person", personID, "err", err)
			if problem.Is(err, problem.Unavailable) || ctx.Err() != nil {
				again = append(again, claim{personID, address})
			}
		}
	}
	s.putBack(context.WithoutCancel(ctx), again)
}

func (s *Service) putBack(ctx context.Context, claims []claim) {
	for _, c := range claims {
		if err := s.store.ReturnPicture(ctx, c.personID, c.address); err != nil {
			s.log.WarnContext(ctx, "a provider's picture not put back", "person", c.personID, "err", err)
		}
	}
}

func (s *Service) namePicture() {
	select {
	case s.pictureNamed <- struct{}{}:
	default:
	}
}

func (s *Service) fetchPicture(ctx context.Context, personID uuid.UUID, address string) error {
	file, err := s.pictures.Fetch(ctx, address, AvatarFileMax)
	if err != nil {
		return err
	}
	made, err := s.makeAvatar(ctx, file)
	if err != nil {
		return err
	}
	return s.store.GiveAvatar(ctx, personID, made)
}
