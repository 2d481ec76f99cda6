package ui

import "strconv"

// How much of a board its drawing can hold.
const (
	wallColumns = 8
	wallCards   = 6
)

// brick is one rectangle of a drawn wall, in the units of its view box.
type brick struct {
	class               string
	x, y, height, round string
}

// bricks draws columns of so many cards: a rule for each, and a rectangle per card. Cards are told apart by
// a hot one, chosen by seed, so that a board keeps its picture while it stays as it is. A board without
// columns is the outline of one.
func bricks(counts []int, seed int) []brick {
	if len(counts) == 0 {
		return []brick{{class: "none", x: ".5", y: ".5", height: "33", round: ".9"}}
	}
	counts = counts[:min(len(counts), wallColumns)]
	var wall []brick
	cards := 0
	for column, count := range counts {
		x := strconv.Itoa(column * 11)
		wall = append(wall, brick{class: "rule", x: x, y: "0", height: "1.2", round: "0"})
		for row := range min(count, wallCards) {
			wall = append(wall, brick{x: x, y: strconv.Itoa(3 + 5*row), height: "3.8", round: ".9"})
			cards++
		}
	}
	if cards > 0 {
		heat(wall, seed%cards)
	}
	return wall
}

func heat(wall []brick, card int) {
	for i := range wall {
		if wall[i].class == "rule" {
			continue
		}
		if card == 0 {
			wall[i].class = "hot"
			return
		}
		card--
	}
}

func wallBox(counts []int) string {
	if len(counts) == 0 {
		return "0 0 9 34"
	}
	columns := min(len(counts), wallColumns)
	return "0 0 " + strconv.Itoa(columns*11-3) + " 34"
}
