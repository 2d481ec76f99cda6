package e2e_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"cardwall/packages/postgres/pgtest"
)

// scrape asks for a program's metrics, as Prometheus does.
func (a *app) scrape(t *testing.T) string {
	t.Helper()
	req := must(http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+a.env["METRICS_ADDR"]+"/metrics", http.NoBody))(t)
	res := must(direct().RoundTrip(req))(t)
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		t.Fatalf("the metrics of %s: %d", a.name, res.StatusCode)
	}
	return string(must(io.ReadAll(res.Body))(t))
}

// metric reads one series; -1 when there is none.
func metric(t *testing.T, shown, series string) float64 {
	t.Helper()
	for line := range strings.Lines(shown) {
		if value, ok := strings.CutPrefix(line, series+" "); ok {
			return must(strconv.ParseFloat(strings.TrimSpace(value), 64))(t)
		}
	}
	return -1
}

// wantMetrics waits for series of a program: a request is counted when it is over, a moment after its answer is read.
func (a *app) wantMetrics(t *testing.T, want map[string]float64) {
	t.Helper()
	var wrong []string
	t.Cleanup(func() {
		if len(wrong) > 0 {
			t.Logf("%s showed at last:\n%s", a.name, strings.Join(wrong, "\n"))
		}
	})
	eventually(t, a.name+" shows what happened", func() bool {
		shown := a.scrape(t)
		wrong = nil
		for series, value := range want {
			if got := metric(t, shown, series); got != value {
				wrong = append(wrong, fmt.Sprintf("%s %v, not %v", series, got, value))
			}
		}
		return len(wrong) == 0
	})
}

func TestMetricsTellWhatARunningCardwallDoes(t *testing.T) {
	t.Parallel()
	s := deployWith(t, pgtest.Server(t), "", func(web, api map[string]string) {
		web["METRICS_ADDR"], api["METRICS_ADDR"] = freeAddr(t), freeAddr(t)
	})
	ada := s.person(t, "Ada")
	wall := ada.wall(t, "Garden")
	for range 3 {
		ada.send(t, http.MethodGet, "/api/v1/me?secret=query-value", "")
	}
	ada.get(t, wall.page())
	ada.get(t, wall.page()+"/made-up")
	ada.send(t, http.MethodGet, "/api/v1/made-up", "")
	guest := s.guest(t)
	guest.send(t, http.MethodGet, "/api/v1/me", "")

	s.web.wantMetrics(t, map[string]float64{
		`cardwall_http_requests_total{app="web",method="GET",route="/api/*",status="200"}`:             3,
		`cardwall_http_requests_total{app="web",method="GET",route="/api/*",status="404"}`:             1,
		`cardwall_http_requests_total{app="web",method="GET",route="/api/*",status="401"}`:             1,
		`cardwall_http_requests_total{app="web",method="GET",route="/boards/{board}",status="200"}`:    1,
		`cardwall_http_requests_total{app="web",method="POST",route="/api/auth/sign-up",status="201"}`: 1,
		`cardwall_http_failures_total{app="web",code="signed_out",route="/api/*"}`:                     1,
		`cardwall_http_request_duration_seconds_count{app="web",method="POST",route="/api/*"}`:         4,
		`cardwall_http_requests_in_flight{app="web"}`:                                                  0,
		`cardwall_tokens_minted_total{app="web"}`:                                                      1,
		`cardwall_postgres_connections_max{app="web"}`:                                                 8,
	})
	s.api.wantMetrics(t, map[string]float64{
		`cardwall_http_requests_total{app="api",method="GET",route="/v1/me",status="200"}`:      3,
		`cardwall_http_requests_total{app="api",method="POST",route="/v1/boards",status="201"}`: 1,
		`cardwall_http_requests_total{app="api",method="GET",route="none",status="404"}`:        1,
		`cardwall_http_failures_total{app="api",code="not_found",route="none"}`:                 1,
		`cardwall_postgres_connections{app="api",state="used"}`:                                 0,
	})
	for _, a := range []*app{s.web, s.api} {
		shown := a.scrape(t)
		if found := contains(shown, "made-up", "query-value", wall.ID.String(), "Garden", "example.org", "eyJ"); found != nil {
			t.Errorf("%s shows %q", a.name, found)
		}
		for _, name := range []string{"go_goroutines", "process_resident_memory_bytes", "cardwall_postgres_acquires_total"} {
			if metric(t, shown, name+`{app="`+a.name+`"}`) <= 0 {
				t.Errorf("%s doesn't show %s", a.name, name)
			}
		}
	}
	if public := ada.send(t, http.MethodGet, "/metrics", ""); public.Status != http.StatusNotFound || s.api.probe(t, "/metrics") != http.StatusNotFound {
		t.Errorf("the apps' own addresses have the metrics: %d", public.Status)
	}
	if asked := metric(t, s.web.scrape(t), `cardwall_session_lookups_total{app="web",in="postgres"}`); asked < 1 {
		t.Errorf("the database was asked for a session %v times", asked)
	}
}

func TestMetricsTellWhoLooksOn(t *testing.T) {
	t.Parallel()
	s := deployWith(t, pgtest.Server(t), "", func(_, api map[string]string) { api["METRICS_ADDR"] = freeAddr(t) })
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden")
	began := must(ada.Board(t.Context(), w.ID))(t).Seq
	for range 2 {
		ada.follow(t, w, began)
	}
	s.api.wantMetrics(t, map[string]float64{`cardwall_live_boards{app="api"}`: 1, `cardwall_live_subscribers{app="api"}`: 2})
	ada.work(t, w, 3)
	s.api.wantMetrics(t, map[string]float64{
		`cardwall_live_events_total{app="api"}`: 6, `cardwall_live_dropped_total{app="api"}`: 0, `cardwall_live_lag_seconds{app="api"}`: 0,
	})
}

func TestMetricsTellThatTheAPIIsAway(t *testing.T) {
	t.Parallel()
	s := deployWith(t, pgtest.Server(t), "", func(web, _ map[string]string) { web["METRICS_ADDR"] = freeAddr(t) })
	ada := s.person(t, "Ada")
	s.api.stop(t)
	ada.send(t, http.MethodGet, "/api/v1/me", "")
	ada.get(t, "/boards")
	s.web.wantMetrics(t, map[string]float64{
		`cardwall_http_failures_total{app="web",code="api_away",route="/api/*"}`:  1,
		`cardwall_http_failures_total{app="web",code="api_away",route="/boards"}`: 1,
	})
}

func TestMetricsTellOfJobsThatFail(t *testing.T) {
	t.Parallel()
	s := deployWith(t, pgtest.Server(t), "", func(web, _ map[string]string) {
		web["METRICS_ADDR"], web["MAIL_FROM"] = freeAddr(t), "Cardwall <cardwall@example.org>"
		web["SMTP_URL"] = "smtp://" + freeAddr(t) + "?starttls=no" // nobody is there
	})
	ada := s.person(t, "Ada")
	ada.post(t, "/api/auth/forgotten", `{"email": "ada@example.org"}`)
	eventually(t, "a job is to be tried again", func() bool {
		return metric(t, s.web.scrape(t), `cardwall_jobs{app="web",state="retryable"}`) > 0
	})
}

func TestWrongMetricsAddressIsNamedAtStart(t *testing.T) {
	t.Parallel()
	taken := must(net.Listen("tcp", "127.0.0.1:0"))(t)
	t.Cleanup(func() { _ = taken.Close() })
	s := setup(t)
	for _, a := range []*app{s.web, s.api} {
		for _, addr := range []string{"nonsense", taken.Addr().String()} {
			a.env["METRICS_ADDR"] = addr
			if code, said := a.command(t); code != 1 || !strings.Contains(said, "METRICS_ADDR") {
				t.Errorf("%s with METRICS_ADDR=%s: %d %s", a.name, addr, code, said)
			}
		}
		if strings.Contains(a.said.String(), `"msg":"metrics"`) {
			t.Errorf("%s listens for metrics without being told to", a.name)
		}
	}
}

func TestOneTooManyIsRefusedAndCounted(t *testing.T) {
	t.Parallel()
	s := deployWith(t, pgtest.Server(t), "", func(_, api map[string]string) {
		api["METRICS_ADDR"], api["RATE_LIMIT"] = freeAddr(t), "1"
	})
	ada := s.person(t, "Ada")
	var got answer
	eventually(t, "Ada is refused", func() bool {
		got = ada.send(t, http.MethodGet, "/api/v1/me", "")
		return got.Status == http.StatusTooManyRequests
	})
	if refused := got.problem(t); refused.Code != "rate_limited" || got.Header.Get("Retry-After") != "1" {
		t.Errorf("%+v, Retry-After %q", refused, got.Header.Get("Retry-After"))
	}
	s.api.wantMetrics(t, map[string]float64{
		`cardwall_http_failures_total{app="api",code="rate_limited",route="/v1/me"}`:       1,
		`cardwall_http_requests_total{app="api",method="GET",route="/v1/me",status="429"}`: 1,
	})
	wantSession(t, ada)
	eventually(t, "a page says so", func() bool { return ada.get(t, "/boards").Status == http.StatusTooManyRequests })
}
