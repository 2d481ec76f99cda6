package token

import (
	"crypto"
	"crypto/sha256"
	"sync"

	"github.com/golang-jwt/jwt/v5"
)

// knownAtMost is how many tokens each of a memory's two halves holds: some 2 kB each.
const knownAtMost = 2048

// known is a token whose signature was found to be right, and all else that never changes about it: what is left to look at is
// the time, and whether its key still counts. A browser's session sends the same token for half a minute.
type known struct {
	keyID  string
	key    any
	claims *claims
	person Person
}

// memory holds the tokens that were seen last, by their hash: so none can be read out of it, and how long a look takes tells
// nothing of them. When the younger half is full, the older one is forgotten.
type memory struct {
	mu         sync.Mutex
	young, old map[[sha256.Size]byte]*known
}

func (m *memory) get(hash [sha256.Size]byte) *known {
	m.mu.Lock()
	defer m.mu.Unlock()
	if found := m.young[hash]; found != nil {
		return found
	}
	found := m.old[hash]
	if found != nil {
		m.keep(hash, found)
	}
	return found
}

func (m *memory) put(hash [sha256.Size]byte, k *known) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.keep(hash, k)
}

func (m *memory) keep(hash [sha256.Size]byte, k *known) {
	if m.young == nil || len(m.young) >= knownAtMost {
		m.young, m.old = map[[sha256.Size]byte]*known{}, m.young
	}
	m.young[hash] = k
}

// stillTrusted holds a token that was trusted before to what may have changed since.
func (v *Verifier) stillTrusted(k *known, key any) (Person, error) {
	if !unchanged(k.key, key) {
		return Person{}, refused(jwt.ErrTokenSignatureInvalid) // the id stands for another key by now
	}
	if err := v.validator.Validate(k.claims); err != nil {
		return Person{}, refused(err)
	}
	return k.person, nil
}

// unchanged compares keys; a secret is never changed.
func unchanged(before, now any) bool {
	if _, secret := before.([]byte); secret {
		return true
	}
	public, ok := before.(crypto.PublicKey)
	return ok && sameKey(public, now)
}
