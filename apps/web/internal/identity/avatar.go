package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/avatar"
	"cardwall/packages/problem"
)

// Pictures fetches a provider's picture: an address that somebody else named. Fetch returns problem.Unavailable when
// its server is away.
type Pictures interface {
	Fetch(ctx context.Context, address string, most int) ([]byte, error)
}

// AvatarStore keeps people's pictures. It is part of Store; what a person changes is recorded in its transaction.
type AvatarStore interface {
	SetAvatar(ctx context.Context, self Self, image avatar.Image) error
	RemoveAvatar(ctx context.Context, self Self) error
	// FindAvatar returns problem.NotFound when nobody has that picture.
	FindAvatar(ctx context.Context, hash avatar.Hash) (avatar.Image, error)
	// ClaimPicture hands out the address of a picture that a provider named, each once; problem.NotFound when none waits.
	ClaimPicture(ctx context.Context) (personID uuid.UUID, address string, err error)
	// ReturnPicture takes a claim back; without effect a day after the account was last used, so that nothing is asked
	// for without end.
	ReturnPicture(ctx context.Context, personID uuid.UUID, address string) error
	// GiveAvatar is SetAvatar for a provider's picture; it does nothing when the person has one or is gone.
	GiveAvatar(ctx context.Context, personID uuid.UUID, image avatar.Image) error
}

// SetAvatar makes a person's picture of a file. It returns problem.TooLarge "picture_too_large", problem.Invalid
// "picture_unreadable", or problem.Unavailable "busy".
func (s *Service) SetAvatar(ctx context.Context, self Self, file []byte) error {
	image, err := s.square(ctx, file)
	if err != nil {
		return err
	}
	return s.store.SetAvatar(ctx, self, image)
}

// RemoveAvatar leaves the person's initials; a provider's picture doesn't come back.
func (s *Service) RemoveAvatar(ctx context.Context, self Self) error {
	return s.store.RemoveAvatar(ctx, self)
}

// Avatar is the picture of that name; problem.NotFound when nobody has it any more.
func (s *Service) Avatar(ctx context.Context, hash avatar.Hash) (avatar.Image, error) {
	return s.store.FindAvatar(ctx, hash)
}

// square makes one picture at a time: a large one takes much memory until it is small.
func (s *Service) square(ctx context.Context, file []byte) (image avatar.Image, err error) {
	turn := s.pictureTurn.inTurn(ctx, func() { image, err = avatar.Square(file) })
	if turn != nil {
		return image, problem.New(problem.Unavailable, "busy", "Several pictures are being made just now. Please try again in a few seconds.").After(3 * time.Second).Because(turn)
	}
	return image, err
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
	file, err := s.pictures.Fetch(ctx, address, avatar.FileMax)
	if err != nil {
		return err
	}
	image, err := s.square(ctx, file)
	if err != nil {
		return err
	}
	return s.store.GiveAvatar(ctx, personID, image)
}
