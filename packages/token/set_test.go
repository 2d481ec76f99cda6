package token

import "testing"

// Whatever a server publishes, nothing panics, and what is read is there to be used. This test stands
// inside the package because a server for each input would make it too slow to find anything.
func FuzzReadSet(f *testing.F) {
	key, err := GenerateSigningKey()
	if err != nil {
		f.Fatal(err)
	}
	document, err := JWKS(key.Public())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(document)
	f.Add([]byte(`{"keys":[{"kty":"RSA","kid":"a","n":"AQAB","e":"AAAAAAAAAAAAAAAA"},{"kty":"oct","k":""},null,7]}`))
	f.Add([]byte(`{"keys":[{"kty":"EC","crv":"P-256","kid":"a","x":"AA","y":"AA"}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, algorithm := range []string{EdDSA, RS256} {
			set, err := readSet(body, algorithm)
			if (err == nil) != (len(set) > 0) {
				t.Fatalf("%d keys and %v", len(set), err)
			}
			for id, key := range set {
				if id == "" || len(id) > maxKeyIDBytes || fits(algorithm, key) != nil || !sameKey(key, key) {
					t.Fatalf("%q is %v", id, key)
				}
			}
		}
	})
}
