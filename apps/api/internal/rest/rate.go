package rest

import (
	"time"

	"github.com/google/uuid"
	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"

	"cardwall/packages/problem"
)

var errRate = problem.New(problem.TooMany, "rate_limited", "That was more at once than one person may ask for. Please wait a moment, then go on.")

// countedPeople is for how many people this process knows how much they asked for. Whoever didn't ask for two seconds
// has their whole burst again, so only with more people than this at once does anybody get more than theirs.
const countedPeople = 10_000

// rateLimit lets each person make so many requests a second, and twice as many at once. A nil one lets everybody.
type rateLimit struct {
	rate   rate.Limit
	people *lru.Cache[uuid.UUID, *rate.Limiter]
}

func newRateLimit(perSecond int) (*rateLimit, error) {
	if perSecond <= 0 {
		return nil, nil //nolint:nilnil // no limit is a limit too: admit knows
	}
	people, err := lru.New[uuid.UUID, *rate.Limiter](countedPeople)
	return &rateLimit{rate.Limit(perSecond), people}, err
}

// admit counts a person's request, and refuses one too many as problem.TooMany "rate_limited".
func (l *rateLimit) admit(person uuid.UUID) error {
	if l == nil || l.of(person).Allow() {
		return nil
	}
	return errRate.After(time.Second)
}

func (l *rateLimit) of(person uuid.UUID) *rate.Limiter {
	if known, ok := l.people.Get(person); ok {
		return known
	}
	fresh := rate.NewLimiter(l.rate, 2*int(l.rate))
	if known, ok, _ := l.people.PeekOrAdd(person, fresh); ok {
		return known
	}
	return fresh
}
