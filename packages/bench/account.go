package main

import (
	"context"
	"fmt"
	"net/http"
	"net/netip"

	"github.com/google/uuid"
)

// account is somebody with a password, in a network of their own, so that no throttle minds how many come.
type account struct {
	email, password string
	network         netip.Addr
}

// newAccount makes the nth, up to 65536 of them. The addresses are those that are set aside for benchmarks (RFC 2544).
func newAccount(n int) account {
	return account{
		email: fmt.Sprintf("bench-%d@example.org", n), password: uuid.NewString(),
		network: netip.AddrFrom4([4]byte{198, 18, byte(n >> 8), byte(n)}),
	}
}

// newAccounts signs up so many people.
func newAccounts(ctx context.Context, web *caller, n int) ([]account, error) {
	all := make([]account, n)
	for i := range all {
		all[i] = newAccount(i)
		if _, err := all[i].signUp(ctx, web); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// newVisitor is the way to web without a session; each account comes along it from its own network.
func newVisitor(web string) *caller {
	return newCaller(web, func(h http.Header) error {
		h.Set("Origin", web)
		return nil
	})
}

func (a account) signUp(ctx context.Context, web *caller) (person, error) {
	return a.enter(ctx, web, "/api/auth/sign-up", http.StatusCreated, map[string]any{"name": "Bench", "email": a.email, "password": a.password})
}

func (a account) signIn(ctx context.Context, web *caller) error {
	_, err := a.enter(ctx, web, "/api/auth/sign-in", http.StatusOK, map[string]any{"email": a.email, "password": a.password})
	return err
}

// enter returns who web says has come in, which must be nobody else.
func (a account) enter(ctx context.Context, web *caller, path string, want int, form map[string]any) (person, error) {
	own := *web
	own.authorize = func(h http.Header) error {
		h.Set("X-Forwarded-For", a.network.String())
		return web.authorize(h)
	}
	var in struct {
		Person person `json:"person"`
	}
	err := own.post(ctx, path, form, want, &in)
	if err == nil && in.Person.Email != a.email {
		err = fmt.Errorf("%s let %q in, not %q", path, in.Person.Email, a.email)
	}
	return in.Person, err
}
