// Package word is what both programs say.
package word

// Word is edited by the tests.
const Word = "word one"
