package provider_test

import (
	"testing"
	"time"

	"cardwall/packages/fakeidp"
	"cardwall/packages/problem"
)

// anew makes the whole way of a flow that has the provider ask, as a browser where somebody is signed in there.
func (w *world) anew(name string) (journey, error) {
	w.t.Helper()
	f := secrets(name)
	f.Anew = true
	address, kept, err := w.providers[name].Begin(w.t.Context(), f)
	if err != nil {
		w.t.Fatal(err)
	}
	j := journey{secrets: f, kept: kept, code: w.press(address, ines).Get("code")}
	_, err = w.finish(name, j)
	return j, err
}

func TestSigningInAnewHasTheProviderAsk(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{openID: "login 0", google: "select_account ", github: "select_account "} {
		for anew, want := range map[bool]string{true: want, false: " "} {
			w, f := setup(t), secrets(name)
			f.Anew = anew
			address, _, err := w.providers[name].Begin(t.Context(), f)
			if asked := parse(t, address).Query(); err != nil || asked.Get("prompt")+" "+asked.Get("max_age") != want {
				t.Errorf("%s, anew %v: %v %v", name, anew, asked, err)
			}
		}
	}
}

func TestProviderThatIsToAskSaysThatItHas(t *testing.T) {
	t.Parallel()
	ago := func(d time.Duration) func(map[string]any) {
		return func(claims map[string]any) { claims["auth_time"] = time.Now().Add(-d).Unix() }
	}
	for name, c := range map[string]struct {
		says  func(map[string]any)
		right bool
	}{
		"just_now":              {func(map[string]any) {}, true},
		"four_minutes_ago":      {ago(4 * time.Minute), true},
		"by_a_clock_behind":     {ago(5*time.Minute + 15*time.Second), true},
		"by_a_clock_ahead":      {ago(-15 * time.Second), true},
		"as_a_fraction":         {func(claims map[string]any) { claims["auth_time"] = float64(time.Now().Unix()) + .5 }, true},
		"six_minutes_ago":       {ago(6 * time.Minute), false},
		"in_the_future":         {ago(-time.Minute), false},
		"never":                 {func(claims map[string]any) { delete(claims, "auth_time") }, false},
		"as_a_text":             {func(claims map[string]any) { claims["auth_time"] = "now" }, false},
		"at_the_beginning":      {func(claims map[string]any) { claims["auth_time"] = 0 }, false},
		"in_a_year_of_no_clock": {func(claims map[string]any) { claims["auth_time"] = 1e300 }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := setup(t)
			w.idp.ChangeIDToken(c.says)
			_, err := w.anew(openID)
			if c.right {
				if err != nil {
					t.Error(err)
				}
				return
			}
			wantProblem(t, err, problem.Unauthenticated, "provider_refused", "Example did not ask who you are")
		})
	}
}

func TestSignInTakesAProvidersOwnSession(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.idp.ChangeIDToken(func(claims map[string]any) { claims["auth_time"] = time.Now().Add(-time.Hour).Unix() })
	w.mustArrive(openID, ines)
	w.idp.Ask(fakeidp.Ignores)
	w.mustArrive(openID, ines)
}
