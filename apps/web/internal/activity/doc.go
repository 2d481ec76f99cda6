// Package activity says in words what was done on a board, and takes it back.
//
// A form that changed a board ends in [Seen]: the next page's address names what was done, [Read] reads it there, and
// the page shows it with a way back ([Flashed]). A [Story] tells all that happened on a board or to a card. The sentences are
// the api's activities', one for each verb.
package activity
