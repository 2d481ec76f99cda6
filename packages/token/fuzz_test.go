package token_test

import (
	"errors"
	"strings"
	"testing"

	"cardwall/packages/problem"
	"cardwall/packages/token"

	"github.com/google/uuid"
)

// Whatever comes in, nothing panics, and of all tokens only the minted ones pass.
func FuzzVerify(f *testing.F) {
	verifiers, minted := []*token.Verifier{}, map[string]bool{}
	for _, mode := range modesOf(rfcKey(f)) { // the same in each of the processes that look
		raw := forge(f, mode.alg, mode.signKey, mode.goodHeader().json(f), goodClaims().json(f))
		minted[raw] = true
		verifiers = append(verifiers, newVerifier(f, mode.verifier))
		segments := strings.Split(raw, ".")
		f.Add(raw)
		f.Add(raw[:len(raw)-1] + "A")
		f.Add(segments[0] + "." + segments[1] + ".")
		f.Add(segments[0] + "..")
		f.Add(segment(`{"alg":"none","typ":"at+jwt","kid":"secret"}`) + "." + segments[1] + ".")
		f.Add(forge(f, mode.alg, mode.signKey, mode.goodHeader().json(f), "null"))
		f.Add(forge(f, mode.alg, mode.signKey, mode.goodHeader().json(f), `{"exp":1e308,"aud":[[]]}`))
	}
	f.Add("..")
	f.Fuzz(func(t *testing.T, raw string) {
		for _, verifier := range verifiers {
			person, err := verifier.Verify(t.Context(), raw)
			if err == nil && (!minted[raw] || person.ID != someone().ID) {
				t.Fatalf("%q passed as %+v", raw, person)
			}
			if err != nil && !problem.Is(err, problem.Unauthenticated) {
				t.Fatalf("%q is not refused but %v", raw, err)
			}
		}
	})
}

// Claims of any kind under a good signature: nothing panics, and who passes is somebody.
func FuzzVerifySignedClaims(f *testing.F) {
	mode := modes(f)[1]
	ours := newVerifier(f, mode.verifier)
	mode.verifier.Profile = token.External
	external := newVerifier(f, mode.verifier)
	f.Add(goodClaims().json(f))
	f.Add(goodClaims().but(members{"aud": []string{audience}, "exp": 1.795348890e9, "name": nil}).json(f))
	f.Add("null")
	f.Add(`{"sub":"\ud800"}`)
	f.Fuzz(func(t *testing.T, payload string) {
		raw := forge(t, mode.alg, mode.signKey, mode.goodHeader().json(t), payload)
		for _, verifier := range []*token.Verifier{ours, external} {
			person, err := verifier.Verify(t.Context(), raw)
			var p *problem.Error
			switch {
			case err == nil && person.ID == uuid.Nil:
				t.Fatalf("%q passed as nobody", payload)
			case err != nil && (!errors.As(err, &p) || p.Kind != problem.Unauthenticated || p.Detail != refusal):
				t.Fatalf("%q is not refused but %v", payload, err)
			}
		}
	})
}

// A header gives a token of RFC 6750's alphabet or nothing.
func FuzzFromHeader(f *testing.F) {
	for _, header := range []string{"Bearer abc", "bearer  a.b.c==", "Basic x", "", "Bearer a b"} {
		f.Add(header)
	}
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/="
	f.Fuzz(func(t *testing.T, header string) {
		raw, err := token.FromHeader(header)
		if (err == nil) != (raw != "") || strings.Trim(raw, alphabet) != "" {
			t.Fatalf("%q gave %q, %v", header, raw, err)
		}
	})
}
