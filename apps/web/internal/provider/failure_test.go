package provider_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"cardwall/packages/fakeidp"
	"cardwall/packages/problem"
)

// failures are the ways in which an endpoint may let us down.
var failures = map[string]http.HandlerFunc{
	"500":     fakeidp.Status(http.StatusInternalServerError),
	"503":     fakeidp.Status(http.StatusServiceUnavailable),
	"429":     fakeidp.Status(http.StatusTooManyRequests),
	"garbage": fakeidp.Garbage,
	"a_page":  fakeidp.Says("text/html", "<h1>Welcome</h1>"),
	"nothing": fakeidp.Says("application/json", ""),
	"endless": fakeidp.Endless,
	"hang_up": fakeidp.HangUp,
	"stall":   fakeidp.Stall,
	"drip":    fakeidp.Drip,
}

// asked lists the endpoints that each provider asks in Finish.
var asked = map[string][]fakeidp.Endpoint{
	google: {fakeidp.GoogleToken, fakeidp.GoogleKeys},
	github: {fakeidp.GitHubToken, fakeidp.GitHubUser, fakeidp.GitHubEmails},
	openID: {fakeidp.OIDCToken, fakeidp.OIDCKeys, fakeidp.OIDCUserInfo},
}

func TestAProviderThatFailsIsAwayAndBackWhenItIsBack(t *testing.T) {
	t.Parallel()
	for what, failure := range failures {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			each(t, all, func(t *testing.T, w *world, name string) {
				for _, endpoint := range asked[name] {
					w.connect() // without keys yet
					if what == "stall" || what == "drip" {
						w.hasty()
					}
					journey := w.travel(name, wren) // without an e-mail, so that userinfo is asked
					w.idp.Fail(endpoint, failure)
					began := time.Now()
					_, err := w.finish(name, journey)
					wantAway(t, err, labels[name])
					if took := time.Since(began); took > 4*time.Second {
						t.Errorf("%s: it took %v", endpoint, took)
					}
					w.idp.Honest()
				}
				w.limits.Patience = 5 * time.Second
				w.connect()
				w.mustArrive(name, wren)
			})
		})
	}
}

// Each call is in time, and all of them together are not.
func TestAStepOfASignInHasOneLimitForAllItsCalls(t *testing.T) {
	t.Parallel()
	each(t, all, func(t *testing.T, w *world, name string) {
		w.limits.Patience = time.Second
		w.connect()
		journey := w.travel(name, wren)
		for _, endpoint := range asked[name] {
			w.idp.Delay(endpoint, 600*time.Millisecond)
		}
		_, err := w.finish(name, journey)
		wantAway(t, err, labels[name])
	})
}

func TestAProviderThatIsDownIsAway(t *testing.T) {
	t.Parallel()
	each(t, all, func(t *testing.T, w *world, name string) {
		journey := w.travel(name, ines)
		w.idp.Down()
		_, err := w.finish(name, journey)
		wantAway(t, err, labels[name])
		var p *problem.Error
		if p = problem.From(err); p.RetryAfter <= 0 {
			t.Error("nobody is told when to try again")
		}
	})
}

func TestNoAnswerFillsTheLog(t *testing.T) {
	t.Parallel()
	each(t, all, func(t *testing.T, w *world, name string) {
		w.idp.Fail(tokenOf[name], func(out http.ResponseWriter, _ *http.Request) {
			out.WriteHeader(http.StatusBadRequest)
			_, _ = out.Write([]byte(strings.Repeat("long ", 10_000)))
		})
		arrival, err := w.arrive(name, ines)
		wantRefused(t, arrival, err, labels[name])
		if len(err.Error()) > 1000 {
			t.Errorf("the cause has %d bytes", len(err.Error()))
		}
	})
}

func TestAProviderIsNotFollowedElsewhere(t *testing.T) {
	t.Parallel()
	each(t, all, func(t *testing.T, w *world, name string) {
		visited := false
		w.idp.Fail(fakeidp.OIDCUserInfo, func(http.ResponseWriter, *http.Request) { visited = true })
		for _, code := range []int{http.StatusFound, http.StatusTemporaryRedirect} {
			w.idp.Fail(tokenOf[name], func(out http.ResponseWriter, r *http.Request) {
				http.Redirect(out, r, string(fakeidp.OIDCUserInfo), code)
			})
			arrival, err := w.arrive(name, ines)
			wantRefused(t, arrival, err, labels[name])
		}
		if visited {
			t.Error("the code was taken elsewhere")
		}
	})
}
