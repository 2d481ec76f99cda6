package session

import "github.com/google/uuid"

// Changes takes what a listener hears of sessions that changed, on this replica or another, and lets go of what was
// kept of them. Between Deaf and Hearing, and until the first Hearing, no session is kept.
type Changes struct {
	cache   cache
	streams streams
}

// Hearing says that from now on every change is told.
func (c *Changes) Hearing() { c.cache.hear() }

// Deaf says that changes may have been missed, and will be.
func (c *Changes) Deaf() { c.cache.goDeaf() }

// Session says that a session ended.
func (c *Changes) Session(hash Hash) {
	c.cache.drop(hash)
	c.streams.wake(func(s Session) bool { return s.hash == hash })
}

// Person says that somebody changed, was shut out or is gone.
func (c *Changes) Person(id uuid.UUID) {
	c.cache.dropPerson(id)
	c.streams.wake(func(s Session) bool { return s.Person.ID == id })
}

// All says that any session may have changed.
func (c *Changes) All() {
	c.cache.dropAll()
	c.streams.wake(func(Session) bool { return true })
}
