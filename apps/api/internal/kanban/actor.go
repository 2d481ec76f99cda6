package kanban

import "github.com/google/uuid"

// Actor is who makes a request: a person, in which sign-in, from which browser tab (as that tab names itself, perhaps
// not at all).
type Actor struct {
	ID      uuid.UUID
	Session uuid.UUID // what they did in it is theirs to undo in it; uuid.Nil for what nobody is to undo
	Tab     string
}
