package token_test

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"cardwall/packages/token"
)

// promise is one of the guard's, with a token that breaks it and nothing else.
type promise struct {
	name           string
	header, claims members // what differs from a good token
	cause          string  // what the log must say; empty: the token passes
}

func seconds(d time.Duration) int64 { return noon.Add(d).Unix() }

func TestGuard(t *testing.T) {
	t.Parallel()
	for _, mode := range modes(t) {
		verifier := newVerifier(t, mode.verifier)
		for _, promise := range promises() {
			t.Run(mode.name+"/"+promise.name, func(t *testing.T) {
				t.Parallel()
				raw := forge(t, mode.alg, mode.signKey,
					mode.goodHeader().but(promise.header).json(t), goodClaims().but(promise.claims).json(t))
				person, err := verifier.Verify(t.Context(), raw)
				if promise.cause != "" {
					wantRefused(t, err, raw, promise.cause)
					return
				}
				must(t, err)
				if person.ID != someone().ID {
					t.Errorf("it is %v", person.ID)
				}
			})
		}
	}
}

func promises() []promise {
	var all []promise
	for _, some := range [][]promise{required(), named(), timely(), typed(), numbers()} {
		all = append(all, some...)
	}
	return all
}

func required() []promise {
	return []promise{
		{name: "a token with all that is required passes"},
		{name: "exp is required", claims: members{"exp": nil}, cause: "exp claim is required"},
		{name: "nbf is required", claims: members{"nbf": nil}, cause: "nbf claim is required"},
		{name: "iat is required", claims: members{"iat": nil}, cause: "no iat"},
		{name: "iss is required", claims: members{"iss": nil}, cause: "iss claim is required"},
		{name: "aud is required", claims: members{"aud": nil}, cause: "aud claim is required"},
		{name: "sub is required", claims: members{"sub": nil}, cause: "subject is missing"},
		{name: "kid is required", header: members{"kid": nil}, cause: "kid is missing"},
		{name: "typ is required", header: members{"typ": nil}, cause: "typ is not at+jwt"},
		{name: "alg is required", header: members{"alg": nil}, cause: "algorithm is not the configured one"},
		{name: "an empty iss is none", claims: members{"iss": ""}, cause: "iss claim is required"},
		{name: "an empty aud is none", claims: members{"aud": ""}, cause: "aud claim is required"},
		{name: "an empty sub is none", claims: members{"sub": ""}, cause: "subject is missing"},
		{name: "an empty kid is none", header: members{"kid": ""}, cause: "kid is missing"},
		{name: "an iat of null is none", claims: members{"iat": json.RawMessage("null")}, cause: "iat is not a time"},
		{name: "a claim in another case is none", claims: members{"sub": nil, "SUB": someone().ID.String()}, cause: "subject is missing"},
		{name: "a header in another case is none", header: members{"kid": nil, "KID": "secret"}, cause: "kid is missing"},
	}
}

func named() []promise {
	return []promise{
		{name: "another issuer is refused", claims: members{"iss": "https://evil.example"}, cause: "invalid issuer"},
		{name: "the issuer with a slash is another", claims: members{"iss": issuer + "/"}, cause: "invalid issuer"},
		{name: "the issuer in another case is another", claims: members{"iss": strings.ToUpper(issuer)}, cause: "invalid issuer"},
		{name: "issuers in a list are refused", claims: members{"iss": []string{issuer}}, cause: "iss is of the wrong type"},
		{name: "another audience is refused", claims: members{"aud": "another-api"}, cause: "invalid audience"},
		{name: "a list of audiences with ours passes", claims: members{"aud": []string{"another-api", audience}}},
		{name: "a list of audiences without ours is refused", claims: members{"aud": []string{"a", "b"}}, cause: "invalid audience"},
		{name: "an empty list of audiences is none", claims: members{"aud": []string{}}, cause: "aud claim is required"},
		{name: "a list of audiences holds texts only", claims: members{"aud": []any{audience, 1}}, cause: "aud is of the wrong type"},
		{name: "an audience that is an object is refused", claims: members{"aud": members{"a": audience}}, cause: "aud is of the wrong type"},
		{name: "sub is a UUID", claims: members{"sub": "ada"}, cause: "not a person's UUID"},
		{name: "sub is a UUID in its one spelling", claims: members{"sub": "{" + someone().ID.String() + "}"}, cause: "not a person's UUID"},
		{name: "sub is a UUID in lower case", claims: members{"sub": strings.ToUpper(someone().ID.String())}, cause: "not a person's UUID"},
		{name: "sub is somebody", claims: members{"sub": "00000000-0000-0000-0000-000000000000"}, cause: "not a person's UUID"},
		{name: "sub is a text", claims: members{"sub": 12}, cause: "sub is of the wrong type"},
		{name: "kid is at most 64 bytes", header: members{"kid": strings.Repeat("k", 65)}, cause: "over 64 bytes"},
		{name: "kid is a text", header: members{"kid": 7}, cause: "kid is of the wrong type"},
	}
}

func timely() []promise {
	return []promise{
		{name: "a dead token is refused", claims: members{"iat": seconds(-121 * time.Second), "nbf": seconds(-121 * time.Second), "exp": seconds(-31 * time.Second)}, cause: "expired"},
		{name: "the leeway for exp ends at 30 s", claims: members{"iat": seconds(-2 * time.Minute), "exp": seconds(-30 * time.Second)}, cause: "expired"},
		{name: "the leeway for exp is just under 30 s", claims: members{"iat": seconds(-2 * time.Minute), "exp": seconds(-29 * time.Second)}},
		{name: "nbf over 30 s ahead is refused", claims: members{"nbf": seconds(31 * time.Second)}, cause: "not valid yet"},
		{name: "nbf 30 s ahead is leeway", claims: members{"nbf": seconds(30 * time.Second)}},
		{name: "iat over 30 s ahead is refused", claims: members{"iat": seconds(31 * time.Second)}, cause: "used before issued"},
		{name: "iat 30 s ahead is leeway", claims: members{"iat": seconds(30 * time.Second)}},
		{name: "a life of 5 minutes passes", claims: members{"exp": seconds(5 * time.Minute)}},
		{name: "a life over 5 minutes is refused", claims: members{"exp": seconds(5*time.Minute + time.Second)}, cause: "over five minutes"},
		{name: "an old token with a long life is refused", claims: members{"iat": seconds(-time.Hour), "exp": seconds(time.Minute)}, cause: "over five minutes"},
		{name: "a life that ends where it begins is refused", claims: members{"iat": seconds(0), "exp": seconds(0)}, cause: "not after it"},
	}
}

func typed() []promise {
	return []promise{
		{name: "typ JWT is refused", header: members{"typ": "JWT"}, cause: "typ is not at+jwt"},
		{name: "typ of an identity token is refused", header: members{"typ": "id+jwt"}, cause: "typ is not at+jwt"},
		{name: "typ in the long form passes", header: members{"typ": "application/at+jwt"}},
		{name: "typ is compared as media types are, in any case", header: members{"typ": "AT+JWT"}},
		{name: "typ with a blank is refused", header: members{"typ": "at+jwt "}, cause: "typ is not at+jwt"},
		{name: "typ is a text", header: members{"typ": []string{"at+jwt"}}, cause: "typ is of the wrong type"},
		{name: "crit is refused", header: members{"crit": []string{"exp"}}, cause: "crit"},
		{name: "an empty crit is refused", header: members{"crit": []string{}}, cause: "crit"},
		{name: "a crit of null is refused", header: members{"crit": json.RawMessage("null")}, cause: "crit"},
		{name: "alg is a text", header: members{"alg": []string{"EdDSA", "HS512"}}, cause: "alg is of the wrong type"},
		{name: "alg in another case is another", header: members{"alg": "eddsa"}, cause: "algorithm is not the configured one"},
		{name: "alg none is refused", header: members{"alg": "none"}, cause: "algorithm is not the configured one"},
		{name: "alg None is refused", header: members{"alg": "None"}, cause: "algorithm is not the configured one"},
		{name: "a weaker alg is refused", header: members{"alg": "HS256"}, cause: "algorithm is not the configured one"},
		{name: "unknown members of the header don't matter", header: members{"x5t": "abc", "jku": "https://evil.example"}},
	}
}

func numbers() []promise {
	all := []promise{
		{name: "a time may have a fraction", claims: members{"exp": json.RawMessage("1795348890.5")}},
		{name: "a time may have an exponent", claims: members{"nbf": json.RawMessage("1.7953488e9")}},
	}
	for _, value := range []string{`"1795348890"`, "true", "[]", "{}", "null", "-1", "1e400", "1e99", "253402300800", "9223372036854775808"} {
		for _, claim := range []string{"exp", "nbf", "iat"} {
			all = append(all, promise{
				name: claim + " is no time: " + value, claims: members{claim: json.RawMessage(value)}, cause: claim + " is not a time",
			})
		}
	}
	return all
}

func TestGuardTakesAKeyIDOf64Bytes(t *testing.T) {
	t.Parallel()
	mode := modes(t)[1] // with a shared secret, the kid chooses nothing
	raw := forge(t, mode.alg, mode.signKey, mode.goodHeader().but(members{"kid": strings.Repeat("k", 64)}).json(t), goodClaims().json(t))
	_, err := newVerifier(t, mode.verifier).Verify(t.Context(), raw)
	must(t, err)
}

// Raw texts, as no honest writer of JSON would make them.
func TestGuardRefusesOddTexts(t *testing.T) {
	t.Parallel()
	mode := modes(t)[0]
	verifier := newVerifier(t, mode.verifier)
	header, claims := mode.goodHeader().json(t), goodClaims().json(t)
	good := forge(t, mode.alg, mode.signKey, header, claims)
	signed := func(header, claims string) string { return forge(t, mode.alg, mode.signKey, header, claims) }
	padding := strings.Repeat("x", 8<<10)

	for name, c := range map[string]struct{ raw, cause string }{
		"a header that names a member twice":  {signed(strings.Replace(header, "{", `{"alg":"none",`, 1), claims), "twice"},
		"claims that name a member twice":     {signed(header, strings.Replace(claims, "{", `{"sub":"x",`, 1)), "twice"},
		"a name twice in two spellings":       {signed(header, strings.Replace(claims, "{", `{"\u0073ub":"x",`, 1)), "twice"},
		"a header of null":                    {signed("null", claims), "header can't be read"},
		"a header that is a list":             {signed("["+header+"]", claims), "header can't be read"},
		"a header with something behind it":   {signed(header+"{}", claims), "header can't be read"},
		"a header cut short":                  {signed(header[:len(header)-1], claims), "header can't be read"},
		"an empty header":                     {signed("", claims), "header can't be read"},
		"claims of null":                      {signed(header, "null"), "claim is required"},
		"claims that are a list":              {signed(header, "["+claims+"]"), "not a JSON object"},
		"claims with something behind them":   {signed(header, claims+" 1"), "could not JSON decode claim"},
		"empty claims":                        {signed(header, ""), "could not JSON decode claim"},
		"claims nested without end":           {signed(header, strings.Repeat("[", 5000)), "could not JSON decode claim"},
		"a name that is a number":             {signed(header, goodClaims().but(members{"name": 1}).json(t)), "name is of the wrong type"},
		"an email_verified that is a text":    {signed(header, goodClaims().but(members{"email_verified": "true"}).json(t)), "email_verified is of the wrong type"},
		"a token over 8 KiB":                  {signed(header, goodClaims().but(members{"name": padding}).json(t)), "over 8 KiB"},
		"nothing":                             {"", "three base64url segments"},
		"two segments":                        {good[:strings.LastIndex(good, ".")], "three base64url segments"},
		"four segments":                       {good + ".", "three base64url segments"},
		"five segments, as encrypted ones do": {"a.b.c.d.e", "three base64url segments"},
		"a line break in the signature":       {good[:len(good)-3] + "\n" + good[len(good)-3:], "three base64url segments"},
		"a line break at the end":             {good + "\r\n", "three base64url segments"},
		"a blank before it":                   {" " + good, "three base64url segments"},
		"padding":                             {good + "==", "three base64url segments"},
		"the other base64 alphabet":           {good[:len(good)-4] + "+/+/", "three base64url segments"},
		"an empty signature":                  {good[:strings.LastIndex(good, ".")+1], "signature is invalid"},
		"another claim under the signature":   {replaceSegment(good, 1, segment(goodClaims().but(members{"sub": "01935f2e-7b1a-7c4e-9a53-0d8f0f6f3a12"}).json(t))), "signature is invalid"},
		"another header over the signature":   {replaceSegment(good, 0, segment(mode.goodHeader().but(members{"x": 1}).json(t))), "signature is invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := verifier.Verify(t.Context(), c.raw)
			wantRefused(t, err, c.raw, c.cause)
		})
	}
}

// The last character of a signature has bits to spare: only zeros may stand there.
func TestGuardTakesOneSpellingOfASignature(t *testing.T) {
	t.Parallel()
	mode := modes(t)[0]
	raw := mint(t, newMinter(t, mode.minter), someone())
	verifier, passed := newVerifier(t, mode.verifier), 0
	for _, last := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" {
		if _, err := verifier.Verify(t.Context(), raw[:len(raw)-1]+string(last)); err == nil {
			passed++
		}
	}
	if passed != 1 {
		t.Errorf("%d spellings passed", passed)
	}
}

func TestGuardFixesTheAlgorithmByConfiguration(t *testing.T) {
	t.Parallel()
	both := modes(t)
	eddsa, hs512 := both[0], both[1]
	key := newKey(t)
	withPublicAsSecret := forge(t, "HS512", key.Public().Bytes(), members{"alg": "HS512", "typ": "at+jwt", "kid": key.ID()}.json(t), goodClaims().json(t))
	mislabelled := forge(t, "HS512", key.Public().Bytes(), members{"alg": "EdDSA", "typ": "at+jwt", "kid": key.ID()}.json(t), goodClaims().json(t))
	ofKey := eddsa.verifier
	ofKey.Keys = token.FixedKeys(key.Public())

	for name, c := range map[string]struct {
		config     token.VerifierConfig
		raw, cause string
	}{
		"a secret's token where keys are configured":       {eddsa.verifier, mint(t, newMinter(t, hs512.minter), someone()), "not the configured one"},
		"a key's token where a secret is configured":       {hs512.verifier, mint(t, newMinter(t, eddsa.minter), someone()), "not the configured one"},
		"a public key used as a secret":                    {ofKey, withPublicAsSecret, "not the configured one"},
		"a public key used as a secret under a wrong name": {ofKey, mislabelled, "signature is invalid"},
		"another key under a known id": {ofKey, forge(t, "EdDSA", eddsa.signKey,
			members{"alg": "EdDSA", "typ": "at+jwt", "kid": key.ID()}.json(t), goodClaims().json(t)), "signature is invalid"},
		"a key that isn't known": {ofKey, mint(t, newMinter(t, eddsa.minter), someone()), "no such key is published"},
		"another secret": {hs512.verifier, forge(t, "HS512", []byte(strings.Repeat("z", 64)),
			hs512.goodHeader().json(t), goodClaims().json(t)), "signature is invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := newVerifier(t, c.config).Verify(t.Context(), c.raw)
			wantRefused(t, err, c.raw, c.cause)
		})
	}
}

// keyFunc is a KeySource that isn't as careful as ours.
type keyFunc func() crypto.PublicKey

func (f keyFunc) Key(context.Context, string) (crypto.PublicKey, error) { return f(), nil }

func TestGuardRefusesAKeyThatIsNotOneForTheAlgorithm(t *testing.T) {
	t.Parallel()
	weak, err := rsa.GenerateKey(rand.Reader, 1024)
	must(t, err)
	mode := modes(t)[0]
	for name, c := range map[string]struct {
		algorithm string
		key       crypto.PublicKey
		signKey   any
	}{
		"a weak one":           {"RS256", weak.Public(), weak},
		"one of another kind":  {"EdDSA", weak.Public(), mode.signKey},
		"a secret":             {"EdDSA", secret(), mode.signKey},
		"none":                 {"EdDSA", nil, mode.signKey},
		"one of a wrong shape": {"EdDSA", ed25519.PublicKey{1}, mode.signKey},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := mode.verifier
			config.Algorithm, config.Keys = c.algorithm, keyFunc(func() crypto.PublicKey { return c.key })
			raw := forge(t, c.algorithm, c.signKey, mode.goodHeader().but(members{"alg": c.algorithm}).json(t), goodClaims().json(t))
			_, err := newVerifier(t, config).Verify(t.Context(), raw)
			wantRefused(t, err, raw, "not one for the configured algorithm")
		})
	}
}

func replaceSegment(raw string, index int, with string) string {
	segments := strings.Split(raw, ".")
	segments[index] = with
	return strings.Join(segments, ".")
}
