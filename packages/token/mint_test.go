package token_test

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"cardwall/packages/token"

	"github.com/google/uuid"
)

func TestMintedTokensSayWhoItIs(t *testing.T) {
	t.Parallel()
	for _, mode := range modes(t) {
		t.Run(mode.name, func(t *testing.T) {
			t.Parallel()
			raw := mint(t, newMinter(t, mode.minter), someone())
			person, err := newVerifier(t, mode.verifier).Verify(t.Context(), raw)
			must(t, err)
			if person != someone() {
				t.Errorf("got %+v", person)
			}
		})
	}
}

func TestMintedTokensHaveTheClaimsOfTheContract(t *testing.T) {
	t.Parallel()
	for _, mode := range modes(t) {
		t.Run(mode.name, func(t *testing.T) {
			t.Parallel()
			raw := mint(t, newMinter(t, mode.minter), someone())
			header, claims := open(t, raw)
			wantJSON(t, header, mode.goodHeader())
			if id, ok := claims["jti"].(string); !ok || uuid.Validate(id) != nil {
				t.Errorf("jti is %v", claims["jti"])
			}
			delete(claims, "jti")
			wantJSON(t, claims, goodClaims().but(members{
				"sid": "s-1", "email": "ada@example.org", "email_verified": true,
				"name": "Ada", "picture": someone().Picture,
			}))
		})
	}
}

func TestMintedTokensAreNeverTheSame(t *testing.T) {
	t.Parallel()
	minter := newMinter(t, modes(t)[1].minter)
	one, other := mint(t, minter, someone()), mint(t, minter, someone())
	if one == other {
		t.Error("two tokens have one jti")
	}
}

func TestMintKeepsItsLimits(t *testing.T) {
	t.Parallel()
	mode := modes(t)[0]
	minter, verifier := newMinter(t, mode.minter), newVerifier(t, mode.verifier)
	for name, c := range map[string]struct{ give, want func(*token.Person) }{
		"a name of 100 characters stays": {
			func(p *token.Person) { p.Name = strings.Repeat("ö", 100) }, func(p *token.Person) { p.Name = strings.Repeat("ö", 100) }},
		"a longer name is cut between characters": {
			func(p *token.Person) { p.Name = strings.Repeat("ö", 150) }, func(p *token.Person) { p.Name = strings.Repeat("ö", 100) }},
		"control characters are dropped": {
			func(p *token.Person) { p.Name = "A\x00d\na\u0085" }, func(p *token.Person) { p.Name = "Ada" }},
		"a picture of 2,000 bytes stays": {
			func(p *token.Person) { p.Picture = strings.Repeat("&", 2000) }, func(p *token.Person) { p.Picture = strings.Repeat("&", 2000) }},
		"a longer picture is left out": {
			func(p *token.Person) { p.Picture = strings.Repeat("x", 2001) }, func(p *token.Person) { p.Picture = "" }},
		"somebody of whom little is known": {
			func(p *token.Person) { *p = token.Person{ID: p.ID} }, func(p *token.Person) { *p = token.Person{ID: p.ID} }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			give, want := someone(), someone()
			c.give(&give)
			c.want(&want)
			got, err := verifier.Verify(t.Context(), mint(t, minter, give))
			must(t, err)
			if got != want {
				t.Errorf("got %+v\nwant %+v", got, want)
			}
		})
	}
}

func TestMintRefuses(t *testing.T) {
	t.Parallel()
	minter := newMinter(t, modes(t)[0].minter)
	nobody, endless := someone(), someone()
	nobody.ID = uuid.Nil
	endless.Email = strings.Repeat("a", 8<<10)
	for name, person := range map[string]token.Person{"nobody": nobody, "a token that no verifier would take": endless} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if raw, err := minter.Mint(person); err == nil || raw != "" {
				t.Errorf("got %q, %v", raw, err)
			}
		})
	}
}

// open reads a token without any check.
func open(t testing.TB, raw string) (header, claims members) {
	t.Helper()
	for i, into := range []*members{&header, &claims} {
		data, err := base64.RawURLEncoding.DecodeString(strings.Split(raw, ".")[i])
		must(t, err)
		must(t, json.Unmarshal(data, into))
	}
	return header, claims
}

func wantJSON(t testing.TB, got, want any) {
	t.Helper()
	g, err := json.Marshal(got)
	must(t, err)
	w, err := json.Marshal(want)
	must(t, err)
	if string(canonical(t, g)) != string(canonical(t, w)) {
		t.Errorf("got  %s\nwant %s", g, w)
	}
}

func canonical(t testing.TB, raw []byte) []byte {
	t.Helper()
	var value any
	must(t, json.Unmarshal(raw, &value))
	raw, err := json.Marshal(value)
	must(t, err)
	return raw
}
