// Package board is the wall on the screen: the list of boards, one board, its columns, its quick add.
//
// Each noun has its handler, its view model and its .templ side by side. What is shown comes from the api
// through kanbanapi.Client, like any client's; a form answers with a redirect, or with its page again.
package board
