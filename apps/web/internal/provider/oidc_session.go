package provider

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/markbates/goth"
)

// openIDSession is openID's goth.Session. The tokens aren't marshalled: they are gone when the sign-in is done.
type openIDSession struct {
	AuthURL     string
	accessToken string
	idToken     string
}

var _ goth.Session = (*openIDSession)(nil)

// GetAuthURL is the address that the browser is sent to.
func (s *openIDSession) GetAuthURL() (string, error) {
	if s.AuthURL == "" {
		return "", errors.New(goth.NoAuthUrlErrorMessage)
	}
	return s.AuthURL, nil
}

// Marshal writes down what has to be known when the browser is back.
func (s *openIDSession) Marshal() string {
	text, _ := json.Marshal(s) // a string can always be marshalled
	return string(text)
}

// UnmarshalSession reads what Marshal wrote.
func (p *openID) UnmarshalSession(text string) (goth.Session, error) {
	s := &openIDSession{}
	return s, json.Unmarshal([]byte(text), s)
}

// Authorize exchanges the code for the tokens, unread.
func (s *openIDSession) Authorize(provider goth.Provider, params goth.Params) (string, error) {
	p, ok := provider.(*openID)
	if !ok {
		return "", fmt.Errorf("a provider of another kind: %T", provider)
	}
	token, err := p.config.Exchange(p.ctx, params.Get("code"))
	if err != nil {
		return "", err
	}
	s.accessToken = token.AccessToken
	s.idToken, _ = token.Extra("id_token").(string)
	return token.AccessToken, nil
}
