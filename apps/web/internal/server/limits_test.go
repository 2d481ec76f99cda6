package server_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"cardwall/apps/web/internal/proxy"
	"cardwall/apps/web/internal/server"
)

func TestOneTabCannotTakeWhatOthersNeed(t *testing.T) {
	t.Parallel()
	arrived, let := make(chan struct{}), make(chan struct{})
	ines := signedInTo(t, func(http.ResponseWriter, *http.Request) {
		arrived <- struct{}{}
		<-let
	}, func(c *server.Config) { c.ProxyLimits = proxy.Limits{RequestsPerPerson: 2} })
	tariq := signUp(t, ines.url, "Tariq Haddad", "tariq@fernway.example")

	var under sync.WaitGroup
	ask := func(b *browser) {
		under.Go(func() {
			if res := b.send(t, "GET", "/api/v1/me", ""); res.StatusCode != http.StatusOK {
				t.Errorf("a request that had its place: %d", res.StatusCode)
			}
		})
		<-arrived
	}
	for _, b := range []*browser{ines, ines, tariq, tariq} {
		ask(b)
	}
	for _, b := range []*browser{ines, tariq} {
		res := b.send(t, "GET", "/api/v1/me", "")
		if body := text(t, res); res.StatusCode != http.StatusTooManyRequests || !strings.Contains(body, `"too_many_requests"`) || res.Header.Get("Retry-After") == "" {
			t.Errorf("one more: %d %s", res.StatusCode, body)
		}
	}
	close(let)
	under.Wait()
}
