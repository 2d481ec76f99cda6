package board

import "cardwall/packages/kanbanapi"

// flowKind is where in the flow of work a column can stand, in words.
type flowKind struct {
	Kind  kanbanapi.ColumnKind
	Name  string
	Means string
}

var flowKinds = []flowKind{
	{kanbanapi.Backlog, "Backlog", "Its cards are waiting; nobody has begun."},
	{kanbanapi.Active, "Active", "Its cards are being worked on."},
	{kanbanapi.Done, "Done", "Its cards are finished."},
}

func kindName(kind kanbanapi.ColumnKind) string {
	for _, k := range flowKinds {
		if k.Kind == kind {
			return k.Name
		}
	}
	return string(kind)
}

// hueOf is the name of a column's colour, "" for none.
func hueOf(c kanbanapi.BoardColumn) string {
	hue, err := c.Hue.Get()
	if err != nil {
		return ""
	}
	return string(hue)
}
