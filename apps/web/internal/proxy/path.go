package proxy

import (
	"strings"
	"unicode"
)

// layers is how often a path may be percent-encoded on top of itself before it is refused unread.
const layers = 4

// unambiguous reports whether every reader agrees on what the raw path means: it decodes to what
// net/http made of it, and neither as it is nor after decoding it once or again does it have a control
// character, a backslash, an empty or a dot segment, or a slash that wasn't one before.
func unambiguous(raw, decoded string) bool {
	if !strings.HasPrefix(raw, "/") || strings.Contains(raw, "#") {
		return false
	}
	layer := raw
	for depth := range layers {
		if !harmless(layer) {
			return false
		}
		next, ok := decode(layer, depth == 0)
		if !ok || depth == 0 && next != decoded {
			return false
		}
		if next == layer {
			return true
		}
		layer = next
	}
	return false
}

func harmless(path string) bool {
	if strings.ContainsFunc(path, unicode.IsControl) || strings.Contains(path, `\`) || strings.Contains(path, "//") {
		return false
	}
	for segment := range strings.SplitSeq(path, "/") {
		if segment == "." || segment == ".." {
			return false
		}
	}
	return true
}

// decode takes one layer of percent-encoding away. It fails on an encoded slash and, when strict, on a
// broken escape; else those stay as they are.
func decode(path string, strict bool) (string, bool) {
	if !strings.Contains(path, "%") {
		return path, true
	}
	var out strings.Builder
	for i := 0; i < len(path); i++ {
		if path[i] != '%' {
			out.WriteByte(path[i])
			continue
		}
		c, ok := escape(path[i+1:])
		switch {
		case ok && c == '/', !ok && strict:
			return "", false
		case ok:
			out.WriteByte(c)
			i += 2
		default:
			out.WriteByte('%')
		}
	}
	return out.String(), true
}

// escape reads the two hexadecimal digits that s begins with.
func escape(s string) (byte, bool) {
	if len(s) < 2 {
		return 0, false
	}
	high, low := strings.IndexByte(digits, s[0]), strings.IndexByte(digits, s[1])
	return byte(high%16<<4 | low%16), high >= 0 && low >= 0
}

const digits = "0123456789abcdef" + "0123456789ABCDEF"
