package postgres

import (
	"context"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/postgres/dbgen"
	"cardwall/packages/postgres"
	"cardwall/packages/problem"
)

// SetAvatar keeps a person's picture; see identity.AvatarStore.
func (s *Store) SetAvatar(ctx context.Context, self identity.Self, image identity.Avatar) error {
	return s.ofSelf(ctx, self, identity.EventAvatarChanged, func(q *dbgen.Queries, _ dbgen.PersonLockRow) error {
		return setAvatar(ctx, q, self.PersonID, image)
	})
}

// RemoveAvatar forgets a person's picture; see identity.AvatarStore.
func (s *Store) RemoveAvatar(ctx context.Context, self identity.Self) error {
	return s.ofSelf(ctx, self, identity.EventAvatarRemoved, func(q *dbgen.Queries, _ dbgen.PersonLockRow) error {
		if _, err := q.AvatarDelete(ctx, self.PersonID); err != nil {
			return err
		}
		return q.PersonSetPicture(ctx, "", self.PersonID)
	})
}

// FindAvatar reads a picture by its name; see identity.AvatarStore.
func (s *Store) FindAvatar(ctx context.Context, hash identity.AvatarHash) (identity.Avatar, error) {
	row, err := s.queries.AvatarFind(ctx, hash[:])
	return identity.Avatar{MediaType: row.MediaType, Bytes: row.Image}, found(err)
}

// ClaimPicture hands out a provider's picture; see identity.AvatarStore.
func (s *Store) ClaimPicture(ctx context.Context) (uuid.UUID, string, error) {
	row, err := s.queries.AvatarClaim(ctx)
	return row.PersonID, row.Picture, found(err)
}

// ReturnPicture takes a claim back; see identity.AvatarStore.
func (s *Store) ReturnPicture(ctx context.Context, personID uuid.UUID, address string) error {
	return postgres.Error(s.queries.AvatarUnclaim(ctx, personID, address))
}

// GiveAvatar keeps a provider's picture; see identity.AvatarStore.
func (s *Store) GiveAvatar(ctx context.Context, personID uuid.UUID, image identity.Avatar) error {
	err := s.inTx(ctx, func(q *dbgen.Queries) error {
		if _, err := q.PersonLock(ctx, personID); err != nil {
			return found(err)
		}
		if present, err := q.AvatarExists(ctx, personID); err != nil || present {
			return err
		}
		return setAvatar(ctx, q, personID, image)
	})
	if problem.Is(err, problem.NotFound) {
		return nil
	}
	return err
}

func setAvatar(ctx context.Context, q *dbgen.Queries, personID uuid.UUID, image identity.Avatar) error {
	hash := image.Hash()
	err := q.AvatarSet(ctx, dbgen.AvatarSetParams{PersonID: personID, Hash: hash[:], MediaType: image.MediaType, Image: image.Bytes})
	if err != nil {
		return err
	}
	return q.PersonSetPicture(ctx, hash.Path(), personID)
}
