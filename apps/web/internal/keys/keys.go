// Package keys is the table of the keys that do something, and the page that lists them.
//
// What a control does by a key too, its template says in data-key (js/keys.js presses it) and shows by ui.Kbd; tests hold
// templates and scripts to the table.
package keys

import (
	"context"
	"slices"

	"cardwall/apps/web/internal/ui"
)

// Place is where a key does something.
type Place string

// The places, in the order of the page.
const (
	Everywhere Place = "Everywhere"
	OnBoard    Place = "On a board"
	OnWall     Place = "On a card of the wall that has the focus"
	OnCard     Place = "On such a card, and on one that is open"
)

var places = []Place{Everywhere, OnBoard, OnWall, OnCard}

// Key is what one or another press does.
type Key struct {
	Presses []string // keys after one another with a space between, keys together with a +
	Does    string
	Where   Place
}

// All are the keys.
func All() []Key {
	return []Key{
		{[]string{"?"}, "Show these keys", Everywhere},
		{[]string{"/"}, "Search all boards", Everywhere},
		{[]string{"Ctrl+K"}, "Find an action of the page, a column, a board or a card", Everywhere},
		{[]string{"b", "g b"}, "Go to your boards", Everywhere},
		{[]string{"Esc"}, "Close what is open, or leave it as it was", Everywhere},

		{[]string{"n"}, "Add a card to the column that has the focus, or else to the first", OnBoard},
		{[]string{"f"}, "Filter cards", OnBoard},
		{[]string{"x"}, "Clear the filter", OnBoard},
		{[]string{"q"}, "Show only what is assigned to you", OnBoard},
		{[]string{"z", "Ctrl+Z"}, "Undo what you did last", OnBoard},
		{[]string{"Shift+Z", "Ctrl+Shift+Z"}, "Redo what you undid last", OnBoard},
		{[]string{"g a"}, "Show what happened on the board", OnBoard},
		{[]string{"g s"}, "Go to the board’s settings", OnBoard},

		{[]string{"Arrows"}, "Walk to the card beside, above or below", OnWall},
		{[]string{"j", "k"}, "Walk to the card below or above", OnWall},
		{[]string{"Home", "End"}, "Walk to the column’s first card, or its last", OnWall},
		{[]string{"Enter"}, "Open the card", OnWall},
		{[]string{"Space"}, "Lift the card; all these carry it, Space drops it, Esc puts it back", OnWall},
		{[]string{"<", ">"}, "Send the card to the column before or after", OnWall},
		{[]string{"s"}, "Select the card, or no longer", OnWall},
		{[]string{"Shift+Arrows"}, "Select the card above or below too", OnWall},

		{[]string{"e"}, "Edit the title", OnCard},
		{[]string{"a"}, "Assign", OnCard},
		{[]string{"i"}, "Assign me, or no longer", OnCard},
		{[]string{"l"}, "Choose labels", OnCard},
		{[]string{"d"}, "Set the due date", OnCard},
		{[]string{"c"}, "Archive the card", OnCard},
		{[]string{"m"}, "Move the card to…", OnCard},
	}
}

// at are the keys of a place that do anything for whoever reads, each with those presses that do.
func at(ctx context.Context, place Place) []Key {
	var all []Key
	for _, key := range All() {
		key.Presses = slices.DeleteFunc(key.Presses, func(press string) bool { return !ui.Works(ctx, press) })
		if key.Where == place && len(key.Presses) > 0 {
			all = append(all, key)
		}
	}
	return all
}
