package markdown

import (
	"regexp"
	"strings"
)

// deepest is how many quotes and lists one line may begin. Each costs every line under it, and the page's reader too.
const deepest = 32

var opening = regexp.MustCompile(`^[ \t]*(?:>|[-+*](?:[ \t]|$)|[0-9]{1,9}[.)](?:[ \t]|$))`)

// tooDeep reports whether a line opens more than that.
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
