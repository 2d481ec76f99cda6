package markdown

import (
	"regexp"
	"strings"
)

// deepest is how many quotes and lists one line may begin. Each costs every line under it, and the page's reader too.
const deepest = 32

// mostLinks is how many links a text may begin: the parser looks for the end of each through all that follows.
const mostLinks = 2000

var opening = regexp.MustCompile(`^[ \t]*(?:>|[-+*](?:[ \t]|$)|[0-9]{1,9}[.)](?:[ \t]|$))`)

// unreadable reports whether a text would take longer to draw than it is worth.
func unreadable(source string) bool {
	return strings.Count(source, "](") > mostLinks || tooDeep(source)
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
