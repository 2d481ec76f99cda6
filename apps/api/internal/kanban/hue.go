package kanban

import (
	"slices"

	"cardwall/packages/problem"
)

// Hue is one of the eight colours that things can have; which shade it is, every theme says for itself.
type Hue string

var hues = []Hue{"red", "orange", "yellow", "green", "teal", "blue", "violet", "pink"}

func checkHue(hue Hue) *problem.Field {
	if !slices.Contains(hues, hue) {
		return &problem.Field{Field: "hue", Code: "not_offered", Detail: "This must be one of: red, orange, yellow, green, teal, blue, violet, pink."}
	}
	return nil
}
