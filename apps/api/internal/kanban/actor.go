package kanban

import "github.com/google/uuid"

// Actor is who makes a request: a person, from which browser tab (as that tab names itself, perhaps not at all).
type Actor struct {
	ID  uuid.UUID
	Tab string
}
