// Package token is what web and api trust each other by: a short-lived signed statement of who is asking.
//
// The journey of a token, file by file: web keeps a [SigningKey] (key.go) and publishes its public half
// in a [JWKS] document (jwks.go), which may hold several: keys follow each other by the [Rotation]'s timetable
// (rotation.go). For each request a [Minter] signs what is known
// of the [Person] (person.go, claims.go, mint.go). The api takes the token out of its header with
// [FromHeader] (bearer.go) and hands it to a [Verifier] (verify.go, header.go), which has its keys from
// [Keys], the client of that document (keys.go, fetch.go, set.go). One set-up without published keys
// exists: a secret that both apps know.
//
// The algorithm is configuration and never the token's choice (algorithm.go). Whatever is wrong with a
// token, the answer is the same; the cause is in the unwrapped error, and no error holds the token.
//
// Signatures and the time claims are checked by golang-jwt, published keys are read by jwkset. The
// client around them is ours and small, in place of keyfunc and jwkset's own HTTP storage: those take
// an empty set over a good one, take symmetric keys, read answers without a limit, fetch once per
// waiting request, and sleep through the limit for unknown keys instead of refusing.
//
// This package imports no HTTP framework and no database.
package token
