// Package keyring holds the keys that web signs its tokens with.
//
// They live in schema auth, so that all replicas sign with the same one, each private half sealed with
// KEY_ENCRYPTION_KEY. [Open] makes the first key and loads them; [Keyring.Run] reads them again all the time, and
// whichever replica finds that a step of the [token.Rotation] is due takes it (rotation.go). The proxy and the pages
// ask [Keyring.Mint] for a token; the api reads the public halves from [Keyring.JWKS], which package identity/rest
// serves at /api/auth/jwks.
package keyring
