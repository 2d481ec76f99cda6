package keyring

import (
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/token"
)

// counter mints tokens that are all different.
func counter() func(token.Person) (string, error) {
	n := 0
	return func(token.Person) (string, error) { n++; return fmt.Sprint(n), nil }
}

func mustMint(t *testing.T, r *Reuse, keyID string, p token.Person, mint func(token.Person) (string, error)) string {
	t.Helper()
	got, err := r.Mint(keyID, p, mint)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestTokenIsReusedForAThirdOfItsLife(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r, mint, ines := NewReuse(), counter(), token.Person{ID: uuid.New(), SessionID: "one"}
		first := mustMint(t, r, "key", ines, mint)
		<-time.After(30*time.Second - 1)
		if got := mustMint(t, r, "key", ines, mint); got != first {
			t.Error("a fresh token isn't reused")
		}
		<-time.After(1)
		if got := mustMint(t, r, "key", ines, mint); got == first {
			t.Error("a token is reused for more than a third of its life")
		}
	})
}

func TestTokenIsReusedOnlyForTheSameClaimsUnderTheSameKey(t *testing.T) {
	t.Parallel()
	r, mint := NewReuse(), counter()
	ines := token.Person{ID: uuid.New(), SessionID: "one", Email: "ines@fernway.example", Name: "Ines", Picture: "/p"}
	first := mustMint(t, r, "key", ines, mint)
	for name, change := range map[string]func(*token.Person){
		"person": func(p *token.Person) { p.ID = uuid.New() }, "session": func(p *token.Person) { p.SessionID = "two" },
		"e-mail": func(p *token.Person) { p.Email = "" }, "verified": func(p *token.Person) { p.EmailVerified = true },
		"name": func(p *token.Person) { p.Name = "Ines M." }, "picture": func(p *token.Person) { p.Picture = "" },
	} {
		other := ines
		change(&other)
		if got := mustMint(t, r, "key", other, mint); got == first {
			t.Errorf("another %s gets the same token", name)
		}
	}
	if got := mustMint(t, r, "another key", ines, mint); got == first {
		t.Error("a token of a key that signs no more is given out")
	}
	if got := mustMint(t, r, "key", ines, mint); got != first {
		t.Error("the same claims get another token")
	}
}

func TestFailureToMintIsNotReused(t *testing.T) {
	t.Parallel()
	r, ines := NewReuse(), token.Person{ID: uuid.New()}
	if _, err := r.Mint("key", ines, func(token.Person) (string, error) { return "", errors.New("no key") }); err == nil {
		t.Error("it didn't fail")
	}
	if got := mustMint(t, r, "key", ines, counter()); got != "1" {
		t.Errorf("got %q", got)
	}
}

func TestMemoryOfTokensIsBounded(t *testing.T) {
	t.Parallel()
	r, mint := NewReuse(), counter()
	for range reusedMost + 100 {
		mustMint(t, r, "key", token.Person{ID: uuid.New()}, mint)
	}
	if n := r.recent.Len(); n != reusedMost {
		t.Errorf("%d are kept", n)
	}
}

func BenchmarkMint(b *testing.B) {
	key, err := token.GenerateSigningKey()
	if err != nil {
		b.Fatal(err)
	}
	minter, err := token.NewMinter(token.MinterConfig{Issuer: "https://cardwall.example", Audience: "cardwall-api", Key: &key})
	if err != nil {
		b.Fatal(err)
	}
	ines := token.Person{ID: uuid.New(), SessionID: uuid.NewString(), Email: "ines@fernway.example", EmailVerified: true, Name: "Ines Moreau"}
	b.Run("anew", func(b *testing.B) {
		for b.Loop() {
			if _, err := minter.Mint(ines); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("reused", func(b *testing.B) {
		r := NewReuse()
		for b.Loop() {
			if _, err := r.Mint("key", ines, minter.Mint); err != nil {
				b.Fatal(err)
			}
		}
	})
}
