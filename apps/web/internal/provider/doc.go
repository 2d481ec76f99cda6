// Package provider signs people in with Google, GitHub and any OpenID Connect provider: it has the ways to implement
// [identity.Provider].
//
// [Google] and [GitHub] are goth's providers and [OIDC] is one of goth's kind, made here from go-oidc. What goth lacks
// is added around them, the same for all three: PKCE and the nonce (provider.go, flow.go), limits of time and size and
// the telling of "away" from "refused" (caller.go), and the check of whatever is signed (idtoken.go). goth's own flow,
// gothic, is not used: package identity keeps state, verifier and nonce in a row of the database.
//
// Nothing that a provider gives is kept but the arrival: access and refresh tokens end with the call.
package provider
