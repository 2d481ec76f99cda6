package kanban

import (
	"context"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// Template names what a new board begins with.
type Template string

// The templates; a board without one begins with nothing.
const (
	NoTemplate Template = ""
	Blank      Template = "blank"
	Release    Template = "release"
	Support    Template = "support"
	Editorial  Template = "editorial"
	Sample     Template = "sample" // teaches by being used; for those who never had a board
)

type templateColumn struct {
	title string
	limit int // 0 for none
	hue   Hue
	kind  Kind
	cards []templateCard
}

type templateCard struct{ title, description string }

var templates = map[Template][]templateColumn{
	NoTemplate: nil,
	Blank: {
		{title: "To do", kind: Backlog},
		{title: "Doing", kind: Active},
		{title: "Done", kind: Done},
	},
	Release: {
		{title: "Next up", hue: Blue, kind: Backlog},
		{title: "In progress", limit: 3, hue: Yellow, kind: Active},
		{title: "Review", limit: 4, hue: Violet, kind: Active},
		{title: "Ready to ship", limit: 5, hue: Teal, kind: Active},
		{title: "Shipped", hue: Green, kind: Done},
	},
	Support: {
		{title: "New", hue: Orange, kind: Backlog},
		{title: "Waiting", hue: Yellow, kind: Active},
		{title: "In hand", hue: Blue, kind: Active},
		{title: "Solved", hue: Green, kind: Done},
	},
	Editorial: {
		{title: "Ideas", hue: Pink, kind: Backlog},
		{title: "Drafting", hue: Yellow, kind: Active},
		{title: "Edit", hue: Violet, kind: Active},
		{title: "Published", hue: Green, kind: Done},
	},
	Sample: sample,
}

func checkTemplate(template Template) *problem.Field {
	if _, known := templates[template]; !known {
		return &problem.Field{Field: "template", Code: "not_offered", Detail: "There is no such template."}
	}
	return nil
}

// putUp fills a new board, and records each thing as if somebody had made it by hand.
func (t Template) putUp(ctx context.Context, c Change) error {
	for _, column := range templates[t] {
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		if _, err := createColumn(ctx, c, column.made(id)); err != nil {
			return err
		}
		for _, card := range column.cards {
			cardID, err := uuid.NewV7()
			if err != nil {
				return err
			}
			if _, err := createCard(ctx, c, NewCard{ID: cardID, ColumnID: id, Title: card.title, Description: card.description}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t templateColumn) made(id uuid.UUID) NewColumn {
	column := NewColumn{ID: id, Title: t.title, Kind: t.kind}
	if t.limit > 0 {
		column.WIPLimit = &t.limit
	}
	if t.hue != "" {
		column.Hue = &t.hue
	}
	return column
}
