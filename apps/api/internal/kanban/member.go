package kanban

// Role is what a person is on a board.
type Role string

// The roles, each with all that the next one may.
const (
	Owner  Role = "owner"  // may also decide who is on the board
	Editor Role = "editor" // may also change columns and cards
	Viewer Role = "viewer" // may look
)

// MayEdit reports whether the role may change columns and cards.
func (r Role) MayEdit() bool { return r == Owner || r == Editor }

// MayOwn reports whether the role may change the board itself.
func (r Role) MayOwn() bool { return r == Owner }
