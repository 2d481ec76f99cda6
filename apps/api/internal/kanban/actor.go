package kanban

import "github.com/google/uuid"

// Actor is who makes a request: a person, in which sign-in, from which browser tab (as that tab names itself, perhaps
// not at all), and what the request is called, so that one which comes twice is known.
type Actor struct {
	ID      uuid.UUID
	Session uuid.UUID // what they did in it is theirs to undo in it; uuid.Nil for what nobody is to undo
	Tab     string
	Change  uuid.UUID // uuid.Nil for a request without a name
	Email   string    // one that is known to be theirs; "" for none
}
