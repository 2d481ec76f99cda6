package ui

import (
	"slices"

	"github.com/google/uuid"

	"cardwall/packages/kanbanapi"
)

// Hues are the eight colours of labels and columns, in the order of the wheel.
var Hues = []kanbanapi.Hue{
	kanbanapi.Red, kanbanapi.Orange, kanbanapi.Yellow, kanbanapi.Green,
	kanbanapi.Teal, kanbanapi.Blue, kanbanapi.Violet, kanbanapi.Pink,
}

// HueClass gives an element a hue.
func HueClass(hue kanbanapi.Hue) string { return "hue-" + string(hue) }

// Hue is the class of the colour that an id keeps everywhere. The last byte decides: the first ones of a
// UUIDv7 are its time.
func Hue(id uuid.UUID) string { return HueClass(Hues[int(id[15])%len(Hues)]) }

// RarestHue is the first of those that the fewest have: what is offered for a new label.
func RarestHue(taken []kanbanapi.Hue) kanbanapi.Hue {
	count := make(map[kanbanapi.Hue]int, len(Hues))
	for _, hue := range taken {
		count[hue]++
	}
	return slices.MinFunc(Hues, func(a, b kanbanapi.Hue) int { return count[a] - count[b] })
}
