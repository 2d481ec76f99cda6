package httpserver

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// Probe asks the server that listens at addr, such as ":3000" or "127.0.0.1:8080", whether it is ready:
// the health command of a container without a shell. Nil means yes. It waits at most three seconds.
func Probe(ctx context.Context, addr string) error {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("the listen address %q: %w", addr, err)
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(loopback(host), port)+readyPath, nil)
	if err != nil {
		return err
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		body, _ := io.ReadAll(io.LimitReader(res.Body, 4<<10))
		return fmt.Errorf("not ready: %s: %s", res.Status, body)
	}
	return nil
}

// loopback is where a server that listens on every address is reached from inside.
func loopback(host string) string {
	switch host {
	case "", "0.0.0.0":
		return "127.0.0.1"
	case "::":
		return "::1"
	default:
		return host
	}
}
