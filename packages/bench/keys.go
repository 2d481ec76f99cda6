package main

import (
	"context"
	"net"
	"net/http"
	"time"

	"cardwall/packages/token"
)

// keys signs for the way straight to the api, whose tokens must be as expensive to verify as web's: nobody else
// has web's key, so this one is published here, for an api that trusts it.
type keys struct {
	signing token.SigningKey
	server  *http.Server
	url     string
}

func publish(ctx context.Context) (*keys, error) {
	signing, err := token.GenerateSigningKey()
	if err != nil {
		return nil, err
	}
	document, err := token.JWKS(signing.Public())
	if err != nil {
		return nil, err
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", token.JWKSContentType)
		_, _ = w.Write(document)
	})
	k := &keys{signing: signing, server: &http.Server{Handler: handler, ReadHeaderTimeout: time.Minute}, url: "http://" + listener.Addr().String()}
	go func() { _ = k.server.Serve(listener) }()
	return k, nil
}

// minter makes tokens that look like those of the deployment's web.
func (k *keys) minter(d deployment) (*token.Minter, error) {
	return token.NewMinter(token.MinterConfig{Issuer: d.publicURL(), Audience: audience, Key: &k.signing})
}
