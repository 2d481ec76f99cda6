package identity

import (
	"slices"
	"strings"
)

const shortestRun = 3

// isWalk reports whether a password is nothing but runs such as "qwerty", "4321" or "aaa", one after another.
func isWalk(lower string) bool {
	rest := []rune(lower)
	for len(rest) > 0 {
		run := longestRun(rest)
		if run < shortestRun {
			return false
		}
		rest = rest[run:]
	}
	return true
}

// longestRun is how many of the first characters follow one another in the alphabet or on the keyboard.
func longestRun(s []rune) int {
	longest := 1
	for _, step := range []rune{0, 1, -1} {
		n := 1
		for n < len(s) && s[n]-s[n-1] == step {
			n++
		}
		longest = max(longest, n)
	}
	for _, line := range keyboard() {
		longest = max(longest, along([]rune(line), s))
	}
	return longest
}

// along is how many of the first characters of s lie side by side on the line.
func along(line, s []rune) int {
	longest := 0
	for at := range line {
		n := 0
		for n < len(s) && at+n < len(line) && line[at+n] == s[n] {
			n++
		}
		longest = max(longest, n)
	}
	return longest
}

// keyboard is the ways that fingers go over the common keyboards, there and back.
func keyboard() []string {
	there := strings.Fields(`1234567890 qwertyuiop asdfghjkl zxcvbnm qwertzuiop yxcvbnm azertyuiop qsdfghjklm wxcvbn
		1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p qazwsxedcrfvtgbyhnujmikolp 1q2w3e4r5t6y7u8i9o0p q1w2e3r4t5y6u7i8o9p0
		qweasdzxc 147258369 789456123 !@#$%^&*()`)
	var both []string
	for _, line := range there {
		back := []rune(line)
		slices.Reverse(back)
		both = append(both, line, string(back))
	}
	return both
}
