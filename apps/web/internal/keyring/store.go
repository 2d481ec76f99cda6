package keyring

import (
	"context"
	"time"

	"cardwall/packages/token"
)

// SealedKey is a signing key as it is kept.
type SealedKey struct {
	token.Term // ID is its RFC 7638 thumbprint: the kid
	Public     []byte
	Sealed     []byte // the private half, for whoever has the EncryptionKey
}

// Kept is how the keys stand.
type Kept struct {
	Keys []SealedKey // the oldest first
	Now  time.Time   // by the store's clock, which all replicas have in common; zero without any key
}

// Change is what is to be done with the keys, in this order.
type Change struct {
	New      *SealedKey // is kept, to be next
	Activate string     // the id of the key that takes over from the active one
	Drop     []string   // the ids of retiring ones to delete
}

// Store keeps the keys. Both methods return problem.Unavailable when the database is away.
type Store interface {
	// SigningKeys lists every key.
	SigningKeys(ctx context.Context) (Kept, error)
	// ChangeSigningKeys does what decide says, and returns the keys as they are then. Of several replicas at once, each
	// decides over what the one before has left. On decide's error, which it returns, nothing is changed.
	ChangeSigningKeys(ctx context.Context, decide func(Kept) (Change, error)) (Kept, error)
}
