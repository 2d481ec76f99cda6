package kanban

import "github.com/google/uuid"

// Page asks for the part of a list that comes after one of its things; the zero After is the beginning.
type Page struct {
	After uuid.UUID
	Limit int
}

// Listed is one part of a list; Next names the last thing in it when more follow, else it is uuid.Nil.
type Listed[T any] struct {
	Items []T
	Next  uuid.UUID
}

// more asks for one thing beyond the limit, to learn whether there is more.
func (p Page) more() Page { return Page{After: p.After, Limit: p.Limit + 1} }

// listed cuts off the thing beyond the limit and remembers the last one before it.
func listed[T any](items []T, limit int, id func(T) uuid.UUID) Listed[T] {
	if len(items) <= limit {
		return Listed[T]{Items: items}
	}
	items = items[:limit]
	return Listed[T]{Items: items, Next: id(items[limit-1])}
}
