package rest

import (
	"encoding/base64"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"

	"cardwall/apps/api/internal/kanban"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// defaultLimit is how many things a list answers with when the client doesn't say.
const defaultLimit = 50

func page(limit *int, cursor *string) (kanban.Page, error) {
	p := kanban.Page{Limit: limitOr(limit)}
	if cursor == nil || *cursor == "" {
		return p, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(*cursor)
	if err == nil {
		p.After, err = uuid.FromBytes(raw)
	}
	if err != nil {
		return p, notACursor()
	}
	return p, nil
}

func notACursor() error {
	return problem.Validation(problem.Field{Field: "cursor", Code: "not_a_cursor", Detail: "The cursor is not one that this list gave out. Read the list again from its beginning."})
}

func limitOr(limit *int) int {
	if limit == nil {
		return defaultLimit
	}
	return *limit
}

// stateOr is live when the client doesn't say.
func stateOr(state *kanbanapi.State) kanban.State {
	if state == nil {
		return kanban.Live
	}
	return kanban.State(*state)
}

// nextCursor makes the cursor that names a page's last thing; null on the last page.
func nextCursor(last uuid.UUID) nullable.Nullable[string] {
	if last == uuid.Nil {
		return nullable.NewNullNullable[string]()
	}
	return nullable.NewNullableWithValue(base64.RawURLEncoding.EncodeToString(last[:]))
}

func nullOr[T any](value *T) nullable.Nullable[T] {
	if value == nil {
		return nullable.NewNullNullable[T]()
	}
	return nullable.NewNullableWithValue(*value)
}

func each[From, To any](from []From, convert func(From) To) []To {
	to := make([]To, len(from))
	for i, item := range from {
		to[i] = convert(item)
	}
	return to
}
