// Package shelf is what is out of sight: a board's archive and trash, and the archived and the deleted boards, each a page on
// which things are found, brought back and, by owners, deleted for good.
package shelf
