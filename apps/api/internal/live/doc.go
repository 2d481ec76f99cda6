// Package live brings what happens on boards to those who look on. It knows neither HTTP nor SQL.
//
// How a change comes to a viewer: the store commits it, and then says to the [Notifier] which board is how far. The
// notifier of every process, that of the same one at once, tells its [Hub]; where nobody looks at that board this
// ends here. Else the hub reads the rows that are new, once for all ([Source]), has each put into words once, and
// appends them to the board's log (log.go), from which every [Subscriber] of the board takes what it hasn't had,
// at its own pace, and the stream of rest/event.go writes it.
//
// Word may get lost: a process may die between commit and notice, and the line on which notices come may be cut. So
// the hub also asks every two seconds how far the boards are that are looked at (watch.go), and at once when the line is
// up again. What order there is comes from the rows alone: their seq is gapless, and a notice says only that there is more.
//
// Whoever comes later than the log reaches back reads from the table, page by page, until the log has what comes next
// (replay.go). A seq is the whole state: who was cut off comes again with the last one they had, to whichever process.
// A log keeps little and not for long, so a reader who is too slow for it is cut off, and costs no memory.
//
// Every half minute all who look on are looked at again, in one statement; a board that somebody has lost ends with
// a word why.
package live
