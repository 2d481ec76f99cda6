// Package mail puts letters into words and sends them: over SMTP, or, in development, into a folder.
//
// A [Post] implements identity.Post; a job of package job asks identity.Service to deliver, which makes the link and
// hands the letter here. words.go says what is written on which occasion, letter.templ how it looks. Nothing of a
// letter goes into its headers but the address, which must parse as one: no text can add a header. There are no
// pictures and no links but the one that the letter is about, so nobody can tell whether it was read.
package mail
