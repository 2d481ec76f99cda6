package main

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/provider"
	"cardwall/packages/process"
)

// Providers is the part of the configuration that tells where else people may prove who they are. A provider whose
// client isn't set has no button.
type Providers struct {
	GoogleClientID     string  `env:"GOOGLE_CLIENT_ID"`     // from Google's console
	GoogleClientSecret string  `env:"GOOGLE_CLIENT_SECRET"` // from Google's console
	GooglePrompt       string  `env:"GOOGLE_PROMPT"`        // select_account, consent or none; several separated by spaces
	GoogleAccessType   string  `env:"GOOGLE_ACCESS_TYPE"`   // online or offline; online
	GoogleHostedDomain string  `env:"GOOGLE_HOSTED_DOMAIN"` // only people of this Google Workspace; *: of any
	GoogleURL          url.URL `env:"GOOGLE_URL"`           // stands in for Google in tests
	GitHubClientID     string  `env:"GITHUB_CLIENT_ID"`     // from GitHub's developer settings
	GitHubClientSecret string  `env:"GITHUB_CLIENT_SECRET"` // from GitHub's developer settings
	GitHubURL          url.URL `env:"GITHUB_URL"`           // stands in for GitHub in tests
	OIDCIssuer         string  `env:"OIDC_ISSUER"`          // exactly as the provider writes it
	OIDCClientID       string  `env:"OIDC_CLIENT_ID"`       // from the provider
	OIDCClientSecret   string  `env:"OIDC_CLIENT_SECRET"`   // from the provider
	OIDCName           string  `env:"OIDC_NAME"`            // what its button says
}

const nameMax = 40 // characters on a button

// checkProviders says what is wrong with the providers' variables.
func (c *Config) checkProviders() process.Complaints {
	p := &c.Providers
	var wrong process.Complaints
	wrong = append(wrong, together([]variable{{"GOOGLE_CLIENT_ID", p.GoogleClientID}, {"GOOGLE_CLIENT_SECRET", p.GoogleClientSecret}})...)
	wrong = append(wrong, together([]variable{{"GITHUB_CLIENT_ID", p.GitHubClientID}, {"GITHUB_CLIENT_SECRET", p.GitHubClientSecret}})...)
	wrong = append(wrong, together([]variable{
		{"OIDC_ISSUER", p.OIDCIssuer}, {"OIDC_CLIENT_ID", p.OIDCClientID}, {"OIDC_CLIENT_SECRET", p.OIDCClientSecret},
	})...)
	wrong.Unless(isPrompt(p.GooglePrompt), "GOOGLE_PROMPT must be none, or of select_account and consent, separated by a space")
	wrong.Unless(slices.Contains([]string{"", "online", "offline"}, p.GoogleAccessType), "GOOGLE_ACCESS_TYPE must be online or offline")
	wrong.Unless(standsIn(&p.GoogleURL), "GOOGLE_URL is for tests: it must be an http or https address on this machine")
	wrong.Unless(standsIn(&p.GitHubURL), "GITHUB_URL is for tests: it must be an http or https address on this machine")
	wrong.Unless(isIssuer(p.OIDCIssuer, c.Development()), "OIDC_ISSUER must be an https address without a query, exactly as the provider writes it (http only on localhost)")
	wrong.Unless(utf8.RuneCountInString(p.OIDCName) <= nameMax, "OIDC_NAME must have at most 40 characters: it stands on a button")
	return wrong
}

type variable struct{ name, value string }

// together says which variables are missing when some of those that belong together are set.
func together(variables []variable) process.Complaints {
	var set, missing []string
	for _, v := range variables {
		if v.value == "" {
			missing = append(missing, v.name)
		} else {
			set = append(set, v.name)
		}
	}
	if len(set) == 0 || len(missing) == 0 {
		return nil
	}
	return process.Complaints{strings.Join(missing, " and ") + " must be set too, because " + strings.Join(set, " and ") + " is"}
}

// isPrompt reports whether Google knows the prompt, or it is left to Google.
func isPrompt(prompt string) bool {
	words := strings.Fields(prompt)
	return prompt == "none" || !slices.ContainsFunc(words, func(w string) bool { return w != "select_account" && w != "consent" })
}

// standsIn reports whether an address may stand in for a provider: only one on this machine, so that no other server
// can vouch for people by a slip.
func standsIn(u *url.URL) bool {
	return *u == url.URL{} || process.IsHTTP(u) && isLocal(u.Hostname())
}

func isIssuer(issuer string, development bool) bool {
	u, err := url.Parse(issuer)
	return issuer == "" || err == nil && process.IsHTTP(u) && (u.Scheme == "https" || development || isLocal(u.Hostname()))
}

// ways makes the providers whose clients are set, in the order of their buttons.
func (p *Providers) ways() []identity.Provider {
	var ways []identity.Provider
	if p.GoogleClientID != "" {
		ways = append(ways, provider.Google(provider.GoogleConfig{
			ClientID: p.GoogleClientID, ClientSecret: p.GoogleClientSecret, URL: unlessEmpty(p.GoogleURL),
			Prompt: p.GooglePrompt, AccessType: p.GoogleAccessType, HostedDomain: p.GoogleHostedDomain,
		}))
	}
	if p.GitHubClientID != "" {
		ways = append(ways, provider.GitHub(provider.GitHubConfig{
			ClientID: p.GitHubClientID, ClientSecret: p.GitHubClientSecret, URL: unlessEmpty(p.GitHubURL),
		}))
	}
	if p.OIDCClientID != "" {
		ways = append(ways, provider.OIDC(provider.OIDCConfig{
			Issuer: p.OIDCIssuer, ClientID: p.OIDCClientID, ClientSecret: p.OIDCClientSecret, Label: p.OIDCName,
		}))
	}
	return ways
}

func unlessEmpty(u url.URL) *url.URL {
	if u == (url.URL{}) {
		return nil
	}
	return &u
}
