package session

import (
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/hashicorp/golang-lru/v2/simplelru"
)

const (
	keptFor  = 5 * time.Second // at most
	keptMost = 10_000          // some 5 MB
)

// cache keeps sessions that were found, so that a page and the requests that follow it cost one look-up. It keeps them
// only while changes are heard of, none for longer than it would live unused, and none that may have changed since its
// look-up began.
type cache struct {
	mu      sync.Mutex
	kept    *simplelru.LRU[Hash, keptSession] // nil while changes aren't heard of
	changes uint64                            // so many were heard of, going deaf being one
}

// keptSession is kept by the clock on the wall: Go's own stops while a machine sleeps, and sessions end meanwhile.
type keptSession struct {
	Session
	from, until time.Time
}

// lookUp is where a look-up stood when it began.
type lookUp struct {
	at      time.Time
	changes uint64
}

func (c *cache) get(hash Hash) (Session, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil {
		return Session{}, false
	}
	kept, ok := c.kept.Get(hash)
	if now := time.Now(); !ok || now.Before(kept.from) || !now.Before(kept.until) {
		return Session{}, false
	}
	return kept.Session, true
}

// begin comes before a look-up whose outcome keep is given.
func (c *cache) begin() lookUp {
	c.mu.Lock()
	defer c.mu.Unlock()
	return lookUp{at: time.Now().Round(0), changes: c.changes}
}

func (c *cache) keep(hash Hash, found Session, began lookUp) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept != nil && c.changes == began.changes {
		c.kept.Add(hash, keptSession{found, began.at, began.at.Add(min(keptFor, found.Left))})
	}
}

// touched says of a session that its use was written down.
func (c *cache) touched(hash Hash) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil {
		return
	}
	if kept, ok := c.kept.Peek(hash); ok {
		kept.TouchDue = false
		c.kept.Add(hash, kept)
	}
}

// hear begins to keep, with nothing.
func (c *cache) hear() {
	empty, err := simplelru.NewLRU[Hash, keptSession](keptMost, nil)
	if err != nil {
		panic(err) // of a size that isn't positive
	}
	c.change(func() { c.kept = empty })
}

// goDeaf drops all and keeps nothing more.
func (c *cache) goDeaf() {
	c.change(func() { c.kept = nil })
}

func (c *cache) drop(hash Hash) {
	c.change(func() {
		if c.kept != nil {
			c.kept.Remove(hash)
		}
	})
}

func (c *cache) dropPerson(id uuid.UUID) {
	c.change(func() {
		if c.kept == nil {
			return
		}
		for _, hash := range c.kept.Keys() {
			if kept, ok := c.kept.Peek(hash); ok && kept.Person.ID == id {
				c.kept.Remove(hash)
			}
		}
	})
}

func (c *cache) dropAll() {
	c.change(func() {
		if c.kept != nil {
			c.kept.Purge()
		}
	})
}

// change also makes look-ups on their way stale.
func (c *cache) change(do func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.changes++
	do()
}
