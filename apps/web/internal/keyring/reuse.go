package keyring

import (
	"sync/atomic"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"cardwall/packages/token"
)

const (
	reusedFor  = token.Life / 3 // so that a request always has most of its token's life before it
	reusedMost = 4096           // some 4 MB
)

// Reuse gives the token of a session out again while it is fresh, which costs a hundredth of signing a new one. It is
// asked only for a session that was found just now, so no token is given out after a sign-out.
type Reuse struct {
	recent *lru.Cache[claims, minted]
	made   atomic.Uint64
}

// claims are all that a token says, and under which key it says so: if one of them changes, the token is another.
type claims struct {
	keyID  string
	person token.Person
}

type minted struct {
	token string
	at    time.Time
}

// NewReuse makes an empty one.
func NewReuse() *Reuse {
	recent, err := lru.New[claims, minted](reusedMost)
	if err != nil {
		panic(err) // of a size that isn't positive
	}
	return &Reuse{recent: recent}
}

// Mint is the recent token of that key for that person, or a new one that mint makes.
func (r *Reuse) Mint(keyID string, p token.Person, mint func(token.Person) (string, error)) (string, error) {
	// The token ends by the clock on the wall, which goes on while a machine is suspended.
	key, now := claims{keyID, p}, time.Now().Round(0)
	if recent, ok := r.recent.Get(key); ok {
		if age := now.Sub(recent.at); age >= 0 && age < reusedFor {
			return recent.token, nil
		}
	}
	fresh, err := mint(p)
	if err != nil {
		return "", err
	}
	r.made.Add(1)
	r.recent.Add(key, minted{fresh, now})
	return fresh, nil
}

// Minted is how many tokens were made, not counting those given out again.
func (r *Reuse) Minted() uint64 { return r.made.Load() }
