package kanban

import "cardwall/packages/problem"

// Kind says where in the flow of work a column stands.
type Kind string

// The kinds of columns.
const (
	Backlog Kind = "backlog" // its cards have not been begun
	Active  Kind = "active"  // its cards are being worked on
	Done    Kind = "done"    // its cards are finished
)

func checkKind(kind Kind) *problem.Field {
	switch kind {
	case Backlog, Active, Done:
		return nil
	default:
		return &problem.Field{Field: "kind", Code: "not_offered", Detail: "A column's kind is backlog, active or done."}
	}
}
