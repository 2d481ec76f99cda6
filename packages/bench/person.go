package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/google/uuid"

	"cardwall/packages/token"
)

// person is who the load is made by.
type person struct {
	ID      uuid.UUID `json:"id"`
	Name    string    `json:"name"`
	Email   string    `json:"email"`
	Picture string    `json:"picture"`
}

// writes is the e-mail of the one who writes on a site.
const writes = "bench@example.org"

// signUp makes the way through the whole chain, as a person who has just signed up, and tells who that is.
func signUp(ctx context.Context, web, email string) (*caller, person, error) {
	form, err := json.Marshal(map[string]string{
		"name": "Bench", "email": email, "password": uuid.NewString(),
	})
	if err != nil {
		return nil, person{}, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, web+"/api/auth/sign-up", bytes.NewReader(form))
	if err != nil {
		return nil, person{}, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Origin", web)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, person{}, err
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusCreated || len(response.Cookies()) != 1 {
		return nil, person{}, fmt.Errorf("sign-up: %s with %d cookies", response.Status, len(response.Cookies()))
	}
	cookie := response.Cookies()[0]
	chain := newCaller(web+"/api/v1", func(h http.Header) error {
		h.Set("Cookie", cookie.Name+"="+cookie.Value)
		h.Set("Origin", web)
		return nil
	})
	var who person
	return chain, who, chain.call(ctx, http.MethodGet, "/me", nil, http.StatusOK, &who)
}

// bearer is what the way straight to the api shows: a token like web's, of the same person. One lasts for many
// requests, so that signing them costs the load next to nothing.
type bearer struct {
	minter *token.Minter
	who    person

	mu    sync.Mutex
	value string
	until time.Time
}

func (b *bearer) authorize(h http.Header) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if now := time.Now(); now.After(b.until) {
		raw, err := b.minter.Mint(token.Person{ID: b.who.ID, Email: b.who.Email, Name: b.who.Name, Picture: b.who.Picture})
		if err != nil {
			return err
		}
		b.value, b.until = "Bearer "+raw, now.Add(token.Life/2)
	}
	h.Set("Authorization", b.value)
	return nil
}
