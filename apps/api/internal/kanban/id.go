package kanban

import (
	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// newID takes a client's own id, which must be a UUIDv7 (RFC 9562 §5.7), or makes one.
func newID(chosen *uuid.UUID) (uuid.UUID, error) {
	if chosen == nil {
		return uuid.NewV7()
	}
	if chosen.Version() != 7 || chosen.Variant() != uuid.RFC4122 {
		return uuid.Nil, problem.Validation(problem.Field{Field: "id", Code: "not_uuid_v7", Detail: "An id of your own must be a UUID of version 7."})
	}
	return *chosen, nil
}

// idTaken says that a client's own id belongs to something else.
func idTaken() error {
	return problem.New(problem.Conflict, "id_taken", "That id is in use already. Send the request again with a new one.")
}

// inTrash says that what a create made is there by now.
func inTrash(thing string) error {
	return problem.New(problem.Conflict, "in_trash", "This "+thing+" was made already and is in the trash now. Restore it, or make another one.")
}

// sameAgain ends a create that finds its id in use: nothing to do when the same person asks for the same thing
// again, else a conflict; gone is the conflict for what has been deleted since, if it has been.
func sameAgain(maker uuid.UUID, actor Actor, same bool, gone error) error {
	switch {
	case maker != actor.ID, !same:
		return idTaken()
	case gone != nil:
		return gone
	}
	return ErrUnchanged
}
