package kanban

import (
	"slices"

	"cardwall/packages/problem"
)

// Hue is one of the eight colours that things can have; which shade it is, every theme says for itself.
type Hue string

// The hues there are.
const (
	Red    Hue = "red"
	Orange Hue = "orange"
	Yellow Hue = "yellow"
	Green  Hue = "green"
	Teal   Hue = "teal"
	Blue   Hue = "blue"
	Violet Hue = "violet"
	Pink   Hue = "pink"
)

var hues = []Hue{Red, Orange, Yellow, Green, Teal, Blue, Violet, Pink}

func checkHue(hue Hue) *problem.Field {
	if !slices.Contains(hues, hue) {
		return &problem.Field{Field: "hue", Code: "not_offered", Detail: "This must be one of: red, orange, yellow, green, teal, blue, violet, pink."}
	}
	return nil
}

// checkHueOrNone is checkHue where no hue at all is fine.
func checkHueOrNone(hue *Hue) *problem.Field {
	if hue == nil {
		return nil
	}
	return checkHue(*hue)
}
