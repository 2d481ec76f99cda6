package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/base64"
	"time"
)

const (
	apiProgram = ".bin/api" // `task build` makes them
	webProgram = ".bin/web"
	audience   = "cardwall-api"

	readyPoll = time.Millisecond
	readyWait = 30 * time.Second
)

// deployment says where both apps are and what they are told, as in production. They log as they do there too,
// though nobody reads it: that is part of what a request costs.
type deployment struct {
	database         string // its URL
	webAddr, apiAddr string
	before           string // the balancer that people come to, when web is behind one
	sealingKey       string
	secret           string // signs tokens in place of keys, unless it is ""
	trusted          string // whose X-Forwarded-For web believes; "": nobody's
	metricsAddr      string // where web tells its metrics; "": nowhere
}

func deploy(ctx context.Context, database string) (deployment, error) {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails
	d := deployment{database: database, sealingKey: base64.StdEncoding.EncodeToString(key)}
	var err error
	if d.webAddr, err = freeAddr(ctx); err != nil {
		return d, err
	}
	d.apiAddr, err = freeAddr(ctx)
	return d, err
}

func (d deployment) publicURL() string { return "http://" + cmp.Or(d.before, d.webAddr) }

func (d deployment) webKeys() string { return d.publicURL() + "/api/auth/jwks" }

func (d deployment) startWeb(ctx context.Context) (*program, error) {
	return startApp(ctx, webProgram, d.webAddr, "DATABASE_URL="+d.database, "WEB_ADDR="+d.webAddr,
		"PUBLIC_URL="+d.publicURL(), "API_URL=http://"+d.apiAddr, d.signing(), "TRUSTED_PROXIES="+d.trusted, "METRICS_ADDR="+d.metricsAddr,
		"REQUESTS_PER_PERSON=1000", "STREAMS_PER_PERSON=2000", "UPLOAD_LIMIT=2GiB") // the load is one person's, and a flood
}

func (d deployment) signing() string {
	if d.secret != "" {
		return "TOKEN_SECRET=" + d.secret
	}
	return "KEY_ENCRYPTION_KEY=" + d.sealingKey
}

// startAPI is ready only when the keys can be fetched.
func (d deployment) startAPI(ctx context.Context, addr, keys string) (*program, error) {
	return startApp(ctx, apiProgram, addr, "DATABASE_URL="+d.database, "API_ADDR="+addr,
		"TOKEN_ISSUER="+d.publicURL(), "TOKEN_JWKS_URL="+keys,
		"RATE_LIMIT=0") // the load is one person's
}

func startApp(ctx context.Context, path, addr string, environ ...string) (*program, error) {
	return launch{
		// The format is named because where the log goes, nowhere, looks like a terminal.
		command: []string{path}, environ: append(environ, "LOG_FORMAT=json"),
		ready: "http://" + addr + "/readyz", poll: readyPoll, atMost: readyWait,
	}.start(ctx)
}
