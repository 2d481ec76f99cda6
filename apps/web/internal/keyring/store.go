package keyring

import "context"

// State says what a signing key is good for. All three are published.
type State string

// The states of a key, in the order of its life.
const (
	Next     State = "next"     // published, so that every api knows it before it signs
	Active   State = "active"   // signs; there is one
	Retiring State = "retiring" // signs no more, until the last token it signed is dead
)

// SealedKey is a signing key as it is kept.
type SealedKey struct {
	ID     string // RFC 7638 thumbprint: the kid
	State  State
	Public []byte
	Sealed []byte // the private half, for whoever has the EncryptionKey
}

// Store keeps the keys. Both methods return problem.Unavailable when the database is away.
type Store interface {
	// SigningKeys lists every published key, the oldest first.
	SigningKeys(ctx context.Context) ([]SealedKey, error)
	// EnsureActiveKey keeps the key that generate makes as the active one, unless there is one already. Of several
	// replicas at once, one makes it and the others find it.
	EnsureActiveKey(ctx context.Context, generate func() (SealedKey, error)) error
}
