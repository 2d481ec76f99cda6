// Package card is a card on the screen: its own page, editing its texts, moving it by a form, the archive.
//
// Every save carries the version that it was made from; when that is no longer the present one, the page
// of conflict.go shows both texts and lets the person choose.
package card
