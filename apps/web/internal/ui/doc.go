// Package ui is the frame around every page and the small components that pages share.
//
// A handler of an area (package welcome, board, card) returns an error, under [Handle]; [ErrorPage] shows it.
// It renders its component with [Render], inside [Layout], which draws the bar with who is signed in.
// [CSP] stands before all pages and gives each response the nonce that its scripts carry.
package ui
