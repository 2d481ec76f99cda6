// Package member is who is on a board: the page of its members with what owners decide there, invitations, and the page that the link of
// an invitation leads to.
package member
