package proxy

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

var (
	errRequests = problem.New(problem.TooMany, "too_many_requests", "Too many requests of yours are under way at once. Please wait a moment.").After(time.Second)
	errStreams  = problem.New(problem.TooMany, "too_many_streams", "Too many of your pages listen for changes at once. Please close some.").After(time.Minute)
	errFull     = problem.New(problem.Unavailable, "api_busy", "The board service has too much to do just now. Please try again in a moment.").After(time.Second)
)

// crowd is everybody's requests in flight. It has a place for each as long as its person, and all together,
// keep to the limits, so that one tab can't take what the others need.
type crowd struct {
	limits *Limits

	mu       sync.Mutex
	together share
	people   map[uuid.UUID]*share // those with something in flight
}

// share is what somebody has in flight.
type share struct{ requests, streams int }

// place is one request's in the crowd.
type place struct {
	crowd  *crowd
	person uuid.UUID // Nil: counted only among all
	stream bool
}

// enter returns TooMany or Unavailable when there's no place.
func (c *crowd) enter(person uuid.UUID) (*place, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	own := c.of(person)
	switch {
	case person != uuid.Nil && own.requests >= c.limits.RequestsPerPerson:
		return nil, errRequests
	case c.together.requests+c.together.streams >= c.limits.Connections:
		return nil, errFull
	}
	own.requests++
	c.together.requests++
	if person != uuid.Nil {
		c.people[person] = own
	}
	return &place{crowd: c, person: person}, nil
}

func (c *crowd) of(person uuid.UUID) *share {
	if own, ok := c.people[person]; ok {
		return own
	}
	return &share{}
}

// stay makes the place one of an event stream, which may last, or returns TooMany or Unavailable.
func (p *place) stay() error {
	c := p.crowd
	c.mu.Lock()
	defer c.mu.Unlock()
	own := c.of(p.person)
	switch {
	case p.person != uuid.Nil && own.streams >= c.limits.StreamsPerPerson:
		return errStreams
	case c.together.streams >= c.limits.Connections*3/4:
		return errFull
	}
	p.stream = true
	for _, s := range []*share{own, &c.together} {
		s.requests--
		s.streams++
	}
	return nil
}

// leave gives the place back.
func (p *place) leave() {
	c := p.crowd
	c.mu.Lock()
	defer c.mu.Unlock()
	own := c.of(p.person)
	for _, s := range []*share{own, &c.together} {
		if p.stream {
			s.streams--
		} else {
			s.requests--
		}
	}
	if *own == (share{}) {
		delete(c.people, p.person)
	}
}

type placeKey struct{}

func (p *place) into(ctx context.Context) context.Context {
	return context.WithValue(ctx, placeKey{}, p)
}

func placeIn(ctx context.Context) *place {
	p, _ := ctx.Value(placeKey{}).(*place)
	return p
}
