package rest

import (
	"encoding/base64"
	"encoding/binary"
	"time"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"

	"cardwall/apps/api/internal/kanban"
	"cardwall/packages/kanbanapi"
)

// spots makes and reads the cursors of one list of what is in the archive or in the trash: of what it lists, and of which
// board or for whom. Such a cursor holds the place itself, so that it leads on when the thing that stood there was restored
// meanwhile; and it names its list, so that it leads nowhere else.
type spots struct {
	what string
	of   uuid.UUID
}

// placed is how many bytes of a cursor are the place: microseconds, as exact as Postgres is, and an id.
const placed = 8 + 16

// name is what a cursor of the list begins with.
func (s spots) name(state kanban.State) []byte {
	return append([]byte(s.what+" "+string(state)+" "), s.of[:]...)
}

// find reads what to look for.
func (s spots) find(state *kanbanapi.State, words *kanbanapi.Words, limit *int, cursor *string) (kanban.Find, error) {
	find := kanban.Find{State: stateOr(state), Limit: limitOr(limit)}
	if words != nil {
		find.Words = *words
	}
	if cursor == nil || *cursor == "" {
		return find, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(*cursor)
	name := s.name(find.State)
	if err != nil || len(raw) != len(name)+placed || string(raw[:len(name)]) != string(name) {
		return find, notACursor()
	}
	at := raw[len(name):]
	micros := binary.BigEndian.Uint64(at)
	find.After = kanban.Spot{At: time.UnixMicro(int64(micros)), ID: uuid.UUID(at[8:])} //nolint:gosec // as next wrote it
	if year := find.After.At.Year(); year < 1 || year > 9999 {                         // no time that Postgres told
		return find, notACursor()
	}
	return find, nil
}

// next makes the cursor that leads on from a place; null after the last page.
func (s spots) next(state kanban.State, spot *kanban.Spot) nullable.Nullable[string] {
	if spot == nil {
		return nullable.NewNullNullable[string]()
	}
	raw := binary.BigEndian.AppendUint64(s.name(state), uint64(spot.At.UnixMicro())) //nolint:gosec // and back
	return nullable.NewNullableWithValue(base64.RawURLEncoding.EncodeToString(append(raw, spot.ID[:]...)))
}
