package token_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"cardwall/packages/token"
)

// The key of RFC 8037 Appendix A, with its thumbprint from A.3.
const (
	rfcSeed       = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
	rfcX          = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
	rfcThumbprint = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
)

func rfcKey(t testing.TB) token.SigningKey {
	t.Helper()
	seed, err := base64.RawURLEncoding.DecodeString(rfcSeed)
	must(t, err)
	key, err := token.ParseSigningKey(seed)
	must(t, err)
	return key
}

func TestKeyIDIsTheThumbprintOfRFC8037(t *testing.T) {
	t.Parallel()
	if id := rfcKey(t).ID(); id != rfcThumbprint {
		t.Errorf("got %s", id)
	}
}

func TestKeysComeBackFromTheirSeeds(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	again, err := token.ParseSigningKey(key.Seed())
	must(t, err)
	if again.ID() != key.ID() || !bytes.Equal(again.Public().Bytes(), key.Public().Bytes()) || !bytes.Equal(again.Seed(), key.Seed()) {
		t.Error("it is another key")
	}
	if newKey(t).ID() == key.ID() {
		t.Error("two keys are the same")
	}
}

func TestKeysOfAWrongLengthAreRefused(t *testing.T) {
	t.Parallel()
	for _, length := range []int{0, 31, 33, ed25519.PrivateKeySize} {
		if _, err := token.ParseSigningKey(make([]byte, length)); err == nil {
			t.Errorf("a seed of %d bytes passed", length)
		}
	}
}

func TestJWKSIsTheDocumentOfRFC8037(t *testing.T) {
	t.Parallel()
	document, err := token.JWKS(rfcKey(t).Public())
	must(t, err)
	want := `{"keys":[{"kty":"OKP","crv":"Ed25519","x":"` + rfcX + `","kid":"` + rfcThumbprint + `","alg":"EdDSA","use":"sig"}]}`
	if string(document) != want {
		t.Errorf("got  %s\nwant %s", document, want)
	}
}

func TestJWKSWithoutKeysIsAnEmptySet(t *testing.T) {
	t.Parallel()
	document, err := token.JWKS()
	must(t, err)
	if string(document) != `{"keys":[]}` {
		t.Errorf("got %s", document)
	}
	if _, err := token.JWKS(token.PublicKey{}); err == nil {
		t.Error("a key that nobody made was published")
	}
}

// However a key is printed, logged or encoded, by mistake or not, its seed stays inside.
func TestSeedsNeverShow(t *testing.T) {
	t.Parallel()
	key := rfcKey(t)
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%p"} {
		fmt.Fprintf(&out, verb+" "+verb+" "+verb+"\n", key, &key, []any{key})
	}
	fmt.Fprintf(&out, "%+v %#v", newMinter(t, token.MinterConfig{Issuer: issuer, Audience: audience, Key: &key}), struct{ inside token.SigningKey }{key})
	for _, handler := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
		slog.New(handler).Info("made", "key", key, "pointer", &key, "config", token.MinterConfig{Key: &key})
	}
	encoded, err := json.Marshal([]any{key, &key})
	must(t, err)
	out.Write(encoded)
	document, err := token.JWKS(key.Public())
	must(t, err)
	out.Write(document)

	seed := key.Seed()
	decimal := strings.Trim(fmt.Sprintf("%d", seed[:8]), "[]")
	for _, secret := range []string{rfcSeed, hex.EncodeToString(seed), strings.ToUpper(hex.EncodeToString(seed)), decimal, string(seed), `"d"`} {
		if strings.Contains(out.String(), secret) {
			t.Errorf("%q shows in:\n%s", secret, out.String())
		}
	}
}
