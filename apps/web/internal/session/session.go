package session

import (
	"context"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/token"
)

// How long a session lasts.
const (
	Idle       = 7 * 24 * time.Hour  // without a request that counts
	Life       = 30 * 24 * time.Hour // however much it is used; the cookie's life too
	TouchEvery = time.Minute         // at most so often is a use written down
)

// Session is one browser that a person signed in with. It holds nothing that opens it: the cookie's id stays out.
type Session struct {
	ID        uuid.UUID // public: the token's sid, and its name in a list of sessions
	Person    Person
	CreatedAt time.Time
	ExpiresAt time.Time     // at the latest, however much it is used
	TouchDue  bool          // its last use was written down more than TouchEvery ago
	Left      time.Duration // how long it would live on from its look-up, unused

	hash Hash // as the guard found it
}

// Person is who is signed in, as the bar and the token show them.
type Person struct {
	ID            uuid.UUID
	Name          string
	Email         string // "" when no provider vouches for one
	EmailVerified bool
	Picture       string // a URL, or ""
	KeysOff       bool   // single characters do nothing on their pages (WCAG 2.1.4)
}

// Token is what this session's tokens claim.
func (s Session) Token() token.Person {
	return token.Person{
		ID: s.Person.ID, SessionID: s.ID.String(), Email: s.Person.Email,
		EmailVerified: s.Person.EmailVerified, Name: s.Person.Name, Picture: s.Person.Picture,
	}
}

type contextKey struct{}

// From is the session that the guard found for this request; false for a guest.
func From(ctx context.Context) (Session, bool) {
	s, ok := ctx.Value(contextKey{}).(Session)
	return s, ok
}

// Into is how the guard hands a session to the handlers behind it.
func Into(ctx context.Context, s Session) context.Context {
	return context.WithValue(ctx, contextKey{}, s)
}
