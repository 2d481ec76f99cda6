package provider_test

import (
	"testing"

	"cardwall/apps/web/internal/provider"
	"cardwall/packages/fakeidp"
)

func TestGooglesOptionsAreAskedFor(t *testing.T) {
	t.Parallel()
	w := setup(t)
	for name, c := range map[string]struct {
		config provider.GoogleConfig
		want   map[string]string
	}{
		"none": {provider.GoogleConfig{}, map[string]string{"access_type": "online", "prompt": "", "hd": ""}},
		"all": {
			provider.GoogleConfig{Prompt: "select_account consent", AccessType: "offline", HostedDomain: "example.org"},
			map[string]string{"access_type": "offline", "prompt": "select_account consent", "hd": "example.org"},
		},
	} {
		w.google(c.config)
		address, _, err := w.providers[google].Begin(t.Context(), secrets(google))
		if err != nil {
			t.Fatal(err)
		}
		query := parse(t, address).Query()
		for parameter, want := range c.want {
			if query.Get(parameter) != want {
				t.Errorf("%s: %s is %q, want %q", name, parameter, query.Get(parameter), want)
			}
		}
	}
}

func TestGooglesHostedDomainIsCheckedOnTheWayBack(t *testing.T) {
	t.Parallel()
	w := setup(t)
	for _, c := range []struct {
		wanted, person string
		in             bool
	}{
		{"example.org", ines, true}, {"Example.ORG", ines, true}, {"*", ines, true}, {"", tomas, true},
		{"example.org", tomas, false}, {"example.com", ines, false}, {"*", tomas, false},
	} {
		w.google(provider.GoogleConfig{HostedDomain: c.wanted})
		arrival, err := w.arrive(google, c.person)
		if c.in && err != nil {
			t.Errorf("%q keeps %s out: %v", c.wanted, c.person, err)
		}
		if !c.in {
			wantRefused(t, arrival, err, "Only Google accounts")
		}
	}
}

func TestGooglesUserinfoIsNotAskedSoItOverridesNothing(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.idp.Change(fakeidp.GoogleUserInfo, func(answer map[string]any) { answer["email"] = "someone@evil.example" })
	if got := w.mustArrive(google, wren); got.Email != "" {
		t.Errorf("got %+v", got)
	}
	if n := len(w.idp.Asked(fakeidp.GoogleUserInfo)); n > 0 {
		t.Errorf("it was asked %d times", n)
	}
}
