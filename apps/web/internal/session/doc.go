// Package session knows which person a browser is signed in as.
//
// A session is a row in schema auth; the browser holds its id in a cookie, the row only the id's SHA-256.
// [Guard] stands between the server's routes and their handlers: it looks the cookie up, puts the [Session]
// into the request's context, and turns away who may not pass. [Sessions] starts one at sign-in and ends it
// at sign-out. The proxy and the pages read it with [From] and mint their token from [Session.Token].
//
// What was found is kept in memory for a moment, as long as [Changes] is told of every session that ends and every
// person who changes; a listener in the store does that.
package session
