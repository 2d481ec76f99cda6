package identity

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
)

// The words that people most often build a password from, ours to list: one a line, lower case.
//
//go:embed guessable.txt
var guessableWords string

// guessable reports whether a password is one of the common words dressed up, a walk over the keyboard, a short thing
// repeated, or the person's own name or e-mail.
func guessable(password, name, email string) bool {
	lower := strings.ToLower(password)
	if isWalk(lower) || len(repeated(lower)) <= 4 {
		return true
	}
	words := append(strings.Fields(guessableWords), ownWords(name, email)...)
	return slices.ContainsFunc(cores(lower), func(core string) bool {
		return slices.Contains(words, core) || slices.Contains(words, repeated(core))
	})
}

// ownWords is what somebody who knows the person would try first.
func ownWords(name, email string) []string {
	local, _, _ := strings.Cut(email, "@")
	own := append(strings.Fields(name), name, local, email)
	for i, word := range own {
		own[i] = onlyLetters(strings.ToLower(word))
	}
	return slices.DeleteFunc(own, func(word string) bool { return word == "" })
}

const dressing = 5 // characters around a word that make it no better: a year and an exclamation mark

// cores undresses a password: "P4ssw0rd!2024" has "password" at its core, however it is looked at.
func cores(lower string) []string {
	notLetter := func(c rune) bool { return !unicode.IsLetter(c) }
	unleet := strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "8", "b", "@", "a", "$", "s", "!", "i")
	var found []string
	for _, core := range []string{lower, strings.TrimRightFunc(lower, notLetter), strings.TrimFunc(lower, notLetter)} {
		for _, word := range []string{core, unleet.Replace(core)} {
			found = append(found, word)
			if letters := onlyLetters(word); len(word)-len(letters) <= dressing {
				found = append(found, letters)
			}
		}
	}
	around := func(core string) string { return strings.Replace(lower, core, "", 1) }
	return slices.DeleteFunc(found, func(core string) bool {
		return core == "" || len(lower)-len(core) > dressing && !isWalk(around(core))
	})
}

// repeated is the shortest unit that makes up the whole word: "abc" of "abcabcabc"; the word itself if there is none.
func repeated(word string) string {
	for size := 1; size <= len(word)/2; size++ {
		if len(word)%size == 0 && strings.Repeat(word[:size], len(word)/size) == word {
			return word[:size]
		}
	}
	return word
}

func onlyLetters(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) {
			return c
		}
		return -1
	}, s)
}
