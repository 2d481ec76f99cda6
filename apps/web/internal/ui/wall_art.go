package ui

import "strconv"

// The heights of the papers on the large drawing, column by column; a negative one is the paper in the hand.
var artColumns = [][]int{
	{14, 18, 14, 22, 18},
	{18, 14, 14},
	{14, -14, 18, 22},
	{18},
	{14, 14, 22, 22, 18, 18},
}

var wallArt = drawArt()

func drawArt() []brick {
	var art []brick
	for column, papers := range artColumns {
		x := strconv.Itoa(column * 46)
		art = append(art, brick{class: "rule", x: x, y: "0", height: "1.5", round: ".75"})
		y := 6
		for _, height := range papers {
			paper := brick{class: "paper", x: x, y: strconv.Itoa(y), height: strconv.Itoa(max(height, -height)), round: "2.5"}
			if height < 0 {
				paper.class = "paper hot"
			}
			art = append(art, paper)
			y += max(height, -height) + 4
		}
	}
	return art
}

// turn tilts the paper in the hand by three degrees about its middle.
func (b brick) turn() string {
	if b.class != "paper hot" {
		return ""
	}
	x, _ := strconv.Atoi(b.x)
	y, _ := strconv.Atoi(b.y)
	return "rotate(3 " + strconv.Itoa(x+20) + " " + strconv.Itoa(y+9) + ")"
}
