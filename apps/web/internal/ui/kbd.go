package ui

import (
	"context"
	"strings"
	"unicode/utf8"

	"cardwall/apps/web/internal/session"
)

// IsCharacter reports whether a press types a character wherever one can type, as "b", "g b" and "Shift+Z" do: those are
// what a person can turn off (WCAG 2.1.4).
func IsCharacter(press string) bool {
	for key := range strings.SplitSeq(strings.TrimPrefix(press, "Shift+"), " ") {
		if utf8.RuneCountInString(key) != 1 {
			return false
		}
	}
	return true
}

// Works reports whether a press does anything for whoever reads the page.
func Works(ctx context.Context, press string) bool {
	who, _ := session.From(ctx)
	return !who.Person.KeysOff || !IsCharacter(press)
}

// Caps are a press as keyboards have it: "G then B", "Ctrl+Shift+Z".
func Caps(press string) string {
	keys := strings.Fields(press)
	for i, key := range keys {
		if utf8.RuneCountInString(key) == 1 {
			keys[i] = strings.ToUpper(key)
		}
	}
	return strings.Join(keys, " then ")
}
