package identity

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// AvatarFileMax is how many bytes a file may have that an avatar is made of.
const AvatarFileMax = 5 << 20

// Avatar is a person's picture as it is kept and served.
type Avatar struct {
	MediaType string // image/jpeg, or image/png when parts are see-through
	Bytes     []byte
}

// Square makes an avatar of whatever picture somebody has; package avatar does. It returns [AvatarTooLarge], and
// problem.Invalid "picture_unreadable".
type Square func(file []byte) (Avatar, error)

// AvatarTooLarge is for a picture over the limits: problem.TooLarge "picture_too_large".
func AvatarTooLarge() *problem.Error {
	return problem.New(problem.TooLarge, "picture_too_large", "That picture is too large. It may have 5 MB and 40 million pixels, fewer if it is progressive, interlaced or has 16 bits a colour; choose a smaller one.")
}

// AvatarHash is the SHA-256 of an avatar's bytes: its name.
type AvatarHash [sha256.Size]byte

// Hash names the avatar.
func (a Avatar) Hash() AvatarHash { return sha256.Sum256(a.Bytes) }

const avatars = "/avatars/"

// Path is where the avatar of that name is served.
func (h AvatarHash) Path() string { return avatars + hex.EncodeToString(h[:]) }

// IsAvatarPath reports whether a path may be an avatar's; no page shows any other picture.
func IsAvatarPath(path string) bool {
	_, ok := ParseAvatarHash(strings.TrimPrefix(path, avatars))
	return ok && strings.HasPrefix(path, avatars)
}

// ParseAvatarHash reads the last part of an avatar's path, which is written in one way only.
func ParseAvatarHash(name string) (AvatarHash, bool) {
	raw, err := hex.DecodeString(name)
	if err != nil || len(raw) != sha256.Size || strings.ToLower(name) != name {
		return AvatarHash{}, false
	}
	return AvatarHash(raw), true
}

// AvatarStore keeps people's pictures. It is part of Store; what a person changes is recorded in its transaction.
type AvatarStore interface {
	SetAvatar(ctx context.Context, self Self, image Avatar) error
	RemoveAvatar(ctx context.Context, self Self) error
	// FindAvatar returns problem.NotFound when nobody has that picture.
	FindAvatar(ctx context.Context, hash AvatarHash) (Avatar, error)
	// ClaimPicture hands out the address of a picture that a provider named, each once; problem.NotFound when none waits.
	ClaimPicture(ctx context.Context) (personID uuid.UUID, address string, err error)
	// ReturnPicture takes a claim back; without effect a day after the account was last used, so that nothing is asked
	// for without end.
	ReturnPicture(ctx context.Context, personID uuid.UUID, address string) error
	// GiveAvatar is SetAvatar for a provider's picture; it does nothing when the person has one or is gone.
	GiveAvatar(ctx context.Context, personID uuid.UUID, image Avatar) error
}

// SetAvatar makes a person's picture of a file. It returns problem.TooLarge "picture_too_large", problem.Invalid
// "picture_unreadable", or problem.Unavailable "busy".
func (s *Service) SetAvatar(ctx context.Context, self Self, file []byte) error {
	made, err := s.makeAvatar(ctx, file)
	if err != nil {
		return err
	}
	return s.store.SetAvatar(ctx, self, made)
}

// RemoveAvatar leaves the person's initials; a provider's picture doesn't come back.
func (s *Service) RemoveAvatar(ctx context.Context, self Self) error {
	return s.store.RemoveAvatar(ctx, self)
}

// Avatar is the picture of that name; problem.NotFound when nobody has it any more.
func (s *Service) Avatar(ctx context.Context, hash AvatarHash) (Avatar, error) {
	return s.store.FindAvatar(ctx, hash)
}

// makeAvatar makes one at a time: a large picture takes much memory until it is small.
func (s *Service) makeAvatar(ctx context.Context, file []byte) (made Avatar, err error) {
	turn := s.squareTurns.take(ctx, func() { made, err = s.square(file) })
	if turn != nil {
		return made, problem.New(problem.Unavailable, "busy", "Several pictures are being made just now. Please try again in a few seconds.").After(3 * time.Second).Because(turn)
	}
	return made, err
}
