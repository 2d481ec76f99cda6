// Package identity knows how people prove who they are: so far by an e-mail and a password.
//
// [Service] has the verbs, SignUp and SignIn, with the rules for names, e-mails and passwords, the throttles and the
// hashing. It needs a [Store], which package postgres implements, and knows nothing of HTTP: package rest beneath it
// takes the requests, and package session then signs the browser in.
package identity
