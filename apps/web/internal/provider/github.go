package provider

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/markbates/goth"
	"github.com/markbates/goth/providers/github"

	"cardwall/apps/web/internal/identity"
)

const (
	gitHubIssuer = "https://github.com" // GitHub names none: this is ours for it
	gitHubEmails = "https://api.github.com/user/emails"
)

// GitHubConfig is what GitHub gave the operator.
type GitHubConfig struct {
	ClientID, ClientSecret string
	URL                    *url.URL // another server in GitHub's place, and the issuer then; default: GitHub
	Limits
}

// GitHub signs people in with GitHub.
func GitHub(c GitHubConfig) *Provider {
	p := newProvider("github", "GitHub", c.Limits)
	p.elsewhere = c.URL
	p.inForm = url.Values{"client_id": {c.ClientID}, "client_secret": {c.ClientSecret}}
	// goth isn't told of the scope: it would look for an e-mail by itself, once it finds none in the profile.
	p.ask = url.Values{"scope": {"user:email"}}
	p.askAnew = url.Values{"prompt": {"select_account"}}
	issuer := gitHubIssuer
	if c.URL != nil {
		issuer = strings.TrimSuffix(c.URL.String(), "/") // what it vouches for is never taken for GitHub's
	}
	p.issuer = issuer
	p.way = gitHubWay{config: c, issuer: issuer}
	return p
}

type gitHubWay struct {
	config GitHubConfig
	issuer string
}

func (g gitHubWay) open(_ context.Context, f identity.FlowSecrets, client *http.Client) (goth.Provider, error) {
	opened := github.New(g.config.ClientID, g.config.ClientSecret, f.RedirectURL)
	opened.HTTPClient = client
	return opened, nil
}

// arrival asks for the profile, whose public e-mail doesn't count, and for the e-mails.
func (g gitHubWay) arrival(ctx context.Context, p goth.Provider, s goth.Session, _ identity.FlowSecrets, client *http.Client) (identity.Arrival, error) {
	user, err := p.FetchUser(s)
	if err != nil {
		return identity.Arrival{}, err
	}
	email, err := verifiedEmail(ctx, client, user.AccessToken)
	if err != nil {
		return identity.Arrival{}, err
	}
	return identity.Arrival{
		Issuer: g.issuer, Subject: user.UserID, Name: cmp.Or(user.Name, user.NickName), Picture: user.AvatarURL,
		Email: email, EmailVerified: email != "",
	}, nil
}

// verifiedEmail is the primary e-mail if GitHub has verified it, else "": nobody needs one.
func verifiedEmail(ctx context.Context, client *http.Client, accessToken string) (string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, gitHubEmails, nil)
	if err != nil {
		return "", err
	}
	request.Header.Set("Authorization", "Bearer "+accessToken)
	answer, err := client.Do(request)
	if err != nil {
		return "", err
	}
	defer func() { _ = answer.Body.Close() }()
	switch answer.StatusCode {
	case http.StatusOK:
	case http.StatusForbidden, http.StatusNotFound: // not for this client to see
		return "", nil
	default:
		return "", fmt.Errorf("the e-mails' status is %d", answer.StatusCode)
	}
	var emails []struct {
		Email             string
		Primary, Verified bool
	}
	if err := json.NewDecoder(answer.Body).Decode(&emails); err != nil {
		return "", err
	}
	for _, e := range emails {
		if e.Primary && e.Verified {
			return e.Email, nil
		}
	}
	return "", nil
}
