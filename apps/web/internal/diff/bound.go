package diff

import "strings"

// linesMax is how many lines are told one by one. Of more, those that follow on each other and became the same stand together as one.
const linesMax = 1000

// piecesMax is how many pieces lines are told in that were changed within; those after them are told as gone and new.
const piecesMax = 3000

// bounded makes of blocks what a page can hold: not much more than the texts that they tell of.
func bounded(blocks []Block, lines int) []Block {
	pieces := 0
	for i := range blocks {
		blocks[i].Lines = coarse(blocks[i].Lines, &pieces)
		if lines > linesMax {
			blocks[i].Lines = together(blocks[i].Lines)
		}
	}
	return blocks
}

// coarse tells of changed lines as gone and new once there were too many pieces.
func coarse(lines []Line, pieces *int) []Line {
	var all []Line
	for _, line := range lines {
		if line.Op == Changed {
			*pieces += len(line.Pieces)
		}
		if line.Op == Changed && *pieces > piecesMax {
			all = whole(all, Gone, []string{without(line, New)})
			all = whole(all, New, []string{without(line, Gone)})
			continue
		}
		all = append(all, line)
	}
	return all
}

// without is a line's text, but for what went, or what came.
func without(line Line, op Op) string {
	var text strings.Builder
	for _, piece := range line.Pieces {
		if piece.Op != op {
			text.WriteString(piece.Text)
		}
	}
	return text.String()
}

// together makes one line of those that follow on each other and became the same.
func together(lines []Line) []Line {
	var all []Line
	for at := 0; at < len(lines); {
		end := at + 1
		texts := []string{without(lines[at], Changed)}
		for lines[at].Op != Changed && end < len(lines) && lines[end].Op == lines[at].Op {
			texts = append(texts, without(lines[end], Changed))
			end++
		}
		if len(texts) == 1 {
			all = append(all, lines[at])
		} else {
			all = whole(all, lines[at].Op, []string{strings.Join(texts, "\n")})
		}
		at = end
	}
	return all
}
