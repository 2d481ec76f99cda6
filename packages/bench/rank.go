package main

import (
	"fmt"
	"strconv"
)

// step is the room between two cards at the foot of a column.
const step = 1 << 32

// rankBetween is a rank in a gap, "" standing for no neighbour, for cards that the api doesn't touch: its own
// ranks are its secret. These are numbers of a fixed width, so that one between two is their middle.
func rankBetween(low, high string) string {
	below, _ := strconv.ParseUint(low, 16, 64) // "" is 0
	rank := below + step
	if above, err := strconv.ParseUint(high, 16, 64); err == nil {
		rank = below + (above-below)/2
	}
	return fmt.Sprintf("%016x", rank)
}
