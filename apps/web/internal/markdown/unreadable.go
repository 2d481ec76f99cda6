package markdown

import (
	"regexp"
	"strings"
)

// deepest is how many quotes and lists one line may begin. Each costs every line under it, and the page's reader too.
const deepest = 32

// mostLinks is how many links a text may begin: the parser looks for the end of each through all that follows.
const mostLinks = 2000

// mostCells is how many cells its tables may have: a row gets all that its table's head has, however few are written in it, so that
// 50,000 characters could make millions of them.
const mostCells = 30_000

var opening = regexp.MustCompile(`^[ \t]*(?:>|[-+*](?:[ \t]|$)|[0-9]{1,9}[.)](?:[ \t]|$))`)

// unreadable reports whether a text would take longer to draw than it is worth.
func unreadable(source string) bool {
	return strings.Count(source, "](") > mostLinks || tooDeep(source) || tooWide(source)
}

// tooDeep reports whether a line opens more quotes and lists than that.
func tooDeep(source string) bool {
	for line := range strings.Lines(source) {
		line = strings.TrimRight(line, "\r\n")
		for depth := 0; ; depth++ {
			marker := opening.FindString(line)
			if marker == "" {
				break
			}
			if depth == deepest {
				return true
			}
			line = line[len(marker):]
		}
	}
	return false
}

// tooWide reports whether the tables would have more cells than that. A table begins with the line under its head, and goes on to the
// next empty line at most.
func tooWide(source string) bool {
	cells, columns := 0, 0
	for line := range strings.Lines(source) {
		if strings.Trim(line, " \t\r\n") == "" { // no other space makes a line empty
			columns = 0
			continue
		}
		columns = max(columns, columnsUnder(line))
		if cells += columns; cells > mostCells {
			return true
		}
	}
	return false
}

// columnsUnder is how many columns a line parts at most, if it can stand under a table's head, in a quote or a list too; 0 if it can't.
func columnsUnder(line string) int {
	line = strings.TrimLeft(line, "> \t*+0123456789.)") // and the "-" of a list is one of its own signs
	if !strings.Contains(line, "-") || strings.Trim(line, "|-: \t\r\n") != "" {
		return 0
	}
	return strings.Count(line, "|") + 1
}
