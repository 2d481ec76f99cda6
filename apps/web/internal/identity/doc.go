// Package identity knows how people prove who they are: by an e-mail and a password, or through a provider.
//
// [Service] has the verbs. SignUp and SignIn have the rules for names, e-mails and passwords, the throttles and the
// hashing; BeginFlow and FinishFlow lead to a [Provider] and back, and decide whose identity came; Accounts and Unlink
// are about a person's ways in. It needs a [Store], which package postgres implements, and knows nothing of HTTP: package rest beneath it
// takes the requests, and package session then signs the browser in.
package identity
