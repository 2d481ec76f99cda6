// Package card is a card on the screen: its own page, editing its texts, its due date and its labels, ticking its boxes,
// moving it by a form, the archive and the trash. Over a board, js/dialog.js shows the same pages in a dialog.
//
// Every save carries the version that it was made from; when that is no longer the present one, the page
// of conflict.go shows both texts and lets the person choose.
package card
