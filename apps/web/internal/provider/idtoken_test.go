package provider_test

import (
	"strings"
	"testing"
	"time"

	"cardwall/packages/fakeidp"
)

// lies are what an id_token may say that isn't so. Each names the part of security.md's sentence that it breaks.
var lies = map[string]func(claims map[string]any){
	"issuer_of_another":         func(c map[string]any) { c["iss"] = "https://evil.example" },
	"issuer_missing":            func(c map[string]any) { delete(c, "iss") },
	"issuer_with_a_slash":       func(c map[string]any) { c["iss"] = c["iss"].(string) + "/" },
	"audience_of_another":       func(c map[string]any) { c["aud"] = "somebody-else" },
	"audience_missing":          func(c map[string]any) { delete(c, "aud") },
	"audience_of_several":       func(c map[string]any) { c["aud"] = []string{fakeidp.ClientID, "other"}; delete(c, "azp") },
	"audience_asked_by_another": func(c map[string]any) { c["azp"] = "somebody-else" },
	"expiry_past":               func(c map[string]any) { c["exp"] = time.Now().Add(-time.Minute).Unix() },
	"expiry_missing":            func(c map[string]any) { delete(c, "exp") },
	"expiry_in_words":           func(c map[string]any) { c["exp"] = "tomorrow" },
	"not_before_tomorrow":       func(c map[string]any) { c["nbf"] = time.Now().Add(24 * time.Hour).Unix() },
	"nonce_of_another":          func(c map[string]any) { c["nonce"] = "another" },
	"nonce_missing":             func(c map[string]any) { delete(c, "nonce") },
	"nonce_empty":               func(c map[string]any) { c["nonce"] = "" },
	"access_token_of_another":   func(c map[string]any) { c["at_hash"] = strings.Repeat("A", 22) },
	"subject_too_long":          func(c map[string]any) { c["sub"] = strings.Repeat("9", 256) },
	"subject_as_a_number":       func(c map[string]any) { c["sub"] = 17 },
	"email_as_a_list":           func(c map[string]any) { c["email"] = []string{"ines@example.org"} },
}

func TestTheIDTokensIssuerAudienceExpiryAndNonceAreChecked(t *testing.T) {
	t.Parallel()
	each(t, signed, func(t *testing.T, w *world, name string) {
		for what, lie := range lies {
			w.idp.ChangeIDToken(lie)
			arrival, err := w.arrive(name, ines)
			t.Log(what, err)
			wantRefused(t, arrival, err, labels[name])
		}
		w.idp.Honest()
		w.mustArrive(name, ines)
	})
}

func TestTheIDTokensSignatureIsChecked(t *testing.T) {
	t.Parallel()
	each(t, signed, func(t *testing.T, w *world, name string) {
		for _, how := range []fakeidp.Signature{fakeidp.WithAnotherKey, fakeidp.WithoutAny, fakeidp.WithTheSecret, fakeidp.WithThePublicKey} {
			w.idp.SignWith(how)
			arrival, err := w.arrive(name, ines)
			wantRefused(t, arrival, err, labels[name])
		}
		w.idp.Honest()
		w.mustArrive(name, ines)
	})
}

// Not even a provider that says it signs with "none" or a shared secret is believed so.
func TestOnlyAsymmetricAlgorithmsCount(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.idp.Change(fakeidp.OIDCDiscovery, func(answer map[string]any) {
		answer["id_token_signing_alg_values_supported"] = []string{"none", "HS256"}
	})
	for _, how := range []fakeidp.Signature{fakeidp.WithoutAny, fakeidp.WithTheSecret, fakeidp.WithThePublicKey} {
		w.idp.SignWith(how)
		arrival, err := w.arrive(openID, ines)
		wantRefused(t, arrival, err, "Example")
	}
	w.idp.SignWith(fakeidp.Rightly)
	w.mustArrive(openID, ines) // RS256 is always known
}

func TestAnIDTokenIsNeeded(t *testing.T) {
	t.Parallel()
	each(t, signed, func(t *testing.T, w *world, name string) {
		for what, forge := range map[string]func(answer map[string]any){
			"missing":       func(a map[string]any) { delete(a, "id_token") },
			"null":          func(a map[string]any) { a["id_token"] = nil },
			"empty":         func(a map[string]any) { a["id_token"] = "" },
			"a_number":      func(a map[string]any) { a["id_token"] = 17 },
			"an_object":     func(a map[string]any) { a["id_token"] = map[string]any{"sub": ines} },
			"words":         func(a map[string]any) { a["id_token"] = "ines" },
			"two_dots":      func(a map[string]any) { a["id_token"] = ".." },
			"of_a_megabyte": func(a map[string]any) { a["id_token"] = strings.Repeat("e", 900<<10) },
		} {
			w.idp.Change(tokenOf[name], forge)
			arrival, err := w.arrive(name, ines)
			t.Log(what)
			wantRefused(t, arrival, err, labels[name])
		}
	})
}

func TestKeysMayRotate(t *testing.T) {
	t.Parallel()
	each(t, signed, func(t *testing.T, w *world, name string) {
		w.mustArrive(name, ines)
		w.mustArrive(name, ines)
		if n := len(w.idp.Asked(keysOf[name])); n != 1 {
			t.Errorf("two sign-ins asked for the keys %d times", n)
		}
		if err := w.idp.RotateKey(); err != nil {
			t.Fatal(err)
		}
		w.mustArrive(name, ines)
	})
}

func TestAnEmailIsVerifiedOnlyIfItSaysSo(t *testing.T) {
	t.Parallel()
	each(t, signed, func(t *testing.T, w *world, name string) {
		for _, c := range []struct {
			said any
			want bool
		}{{true, true}, {"true", true}, {false, false}, {"false", false}, {"yes", false}, {1, false}, {nil, false}, {[]string{"true"}, false}} {
			w.idp.ChangeIDToken(func(claims map[string]any) { claims["email_verified"] = c.said })
			if got := w.mustArrive(name, ines); got.EmailVerified != c.want || got.Email != "ines@example.org" {
				t.Errorf("%v: got %+v", c.said, got)
			}
		}
		w.idp.ChangeIDToken(func(claims map[string]any) { delete(claims, "email") })
		w.idp.Change(fakeidp.OIDCUserInfo, func(claims map[string]any) { delete(claims, "email") })
		if got := w.mustArrive(name, ines); got.EmailVerified || got.Email != "" {
			t.Errorf("no e-mail is verified: %+v", got)
		}
	})
}
