package account

import (
	"net/url"
	"slices"

	"cardwall/apps/web/internal/identity"
)

// way is a provider, linked or not.
type way struct {
	Name    string // of the provider
	Label   string
	Account *identity.Account // nil: not linked
}

func (w way) icon() string {
	switch w.Name {
	case "google", "github":
		return w.Name
	default:
		return "shield"
	}
}

// ways lists each provider's linked accounts, or that there is none; then what is linked of providers that this
// Cardwall no longer offers.
func ways(providers []identity.Provider, accounts []identity.Account) []way {
	linked := slices.DeleteFunc(slices.Clone(accounts), func(a identity.Account) bool { return a.Issuer == identity.PasswordIssuer })
	var all []way
	for _, provider := range providers {
		offered := way{Name: provider.Name(), Label: provider.Label()}
		before := len(all)
		linked = slices.DeleteFunc(linked, func(a identity.Account) bool {
			if a.Issuer != provider.Issuer() {
				return false
			}
			one := offered
			one.Account = &a
			all = append(all, one)
			return true
		})
		if len(all) == before {
			all = append(all, offered)
		}
	}
	for _, a := range linked {
		all = append(all, way{Name: a.Provider, Label: labels{}.of(a.Provider, a.Issuer), Account: &a})
	}
	return all
}

// labels are what the providers here are called, by their names.
type labels map[string]string

func labelsOf(providers []identity.Provider) labels {
	all := labels{}
	for _, p := range providers {
		all[p.Name()] = p.Label()
	}
	return all
}

// of is what a provider is called; one that this Cardwall no longer offers, by its brand or its host.
func (l labels) of(name, issuer string) string {
	if label, ok := l[name]; ok {
		return label
	}
	switch {
	case name == "google", issuer == "https://accounts.google.com":
		return "Google"
	case name == "github", issuer == "https://github.com":
		return "GitHub"
	}
	if u, err := url.Parse(issuer); err == nil && u.Host != "" {
		return u.Host
	}
	return "Another provider"
}

// through is the way by which somebody came in.
func (l labels) through(e identity.Event) string {
	switch e.Issuer {
	case identity.PasswordIssuer:
		return " with the password"
	case "":
		return ""
	default:
		return " with " + l.of(e.Provider, e.Issuer)
	}
}
