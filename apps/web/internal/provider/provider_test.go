package provider_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/provider"
	"cardwall/packages/fakeidp"
)

var _ identity.Provider = (*provider.Provider)(nil)

func TestPeopleArrive(t *testing.T) {
	t.Parallel()
	each(t, all, func(t *testing.T, w *world, name string) {
		issuer := map[string]string{google: w.idp.Google(), github: w.idp.GitHub(), openID: w.idp.OIDC()}[name]
		subject := map[string][]string{github: {"1001", "1002", "1003"}, google: {ines, tomas, wren}, openID: {ines, tomas, wren}}[name]
		for i, c := range []struct {
			person string
			want   identity.Arrival
		}{
			{ines, identity.Arrival{Name: "Ines Moreau", Email: "ines@example.org", EmailVerified: true}},
			{tomas, identity.Arrival{Name: "Tomas Reyes", Email: "tomas@example.org"}},
			{wren, identity.Arrival{Name: "Wren Okafor"}},
		} {
			c.want.Issuer, c.want.Subject = issuer, subject[i]
			if name == github && !c.want.EmailVerified {
				c.want.Email = "" // GitHub's counts only when verified
			}
			if got := w.mustArrive(name, c.person); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		}
	})
}

func TestStatePKCES256AndNonceTravelWithEachFlow(t *testing.T) {
	t.Parallel()
	each(t, all, func(t *testing.T, w *world, name string) {
		f := secrets(name)
		address, kept, err := w.providers[name].Begin(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		hash := sha256.Sum256([]byte(f.Verifier))
		query := parse(t, address).Query()
		for parameter, want := range map[string]string{
			"state": f.State, "nonce": f.Nonce, "redirect_uri": f.RedirectURL, "response_type": "code", "client_id": fakeidp.ClientID,
			"code_challenge": base64.RawURLEncoding.EncodeToString(hash[:]), "code_challenge_method": "S256",
		} {
			if got := query[parameter]; !slices.Equal(got, []string{want}) {
				t.Errorf("%s is %q, want %q", parameter, got, want)
			}
		}
		if strings.Contains(address+kept, f.Verifier) {
			t.Error("the verifier is shown")
		}
	})
}

func TestPKCEIsEnforced(t *testing.T) {
	t.Parallel()
	each(t, all, func(t *testing.T, w *world, name string) {
		journey := w.travel(name, ines)
		journey.secrets.Verifier = strings.Repeat("w", 43)
		arrival, err := w.finish(name, journey)
		wantRefused(t, arrival, err, labels[name])
		journey = w.travel(name, ines)
		if _, err := w.finish(name, journey); err != nil {
			t.Fatal(err)
		}
		asked := w.idp.Asked(tokenOf[name])
		if got := asked[len(asked)-1].Form["code_verifier"]; !slices.Equal(got, []string{journey.secrets.Verifier}) {
			t.Errorf("the verifier is sent as %q", got)
		}
	})
}

func TestACodeIsSentOnceAndWorksOnce(t *testing.T) {
	t.Parallel()
	each(t, all, func(t *testing.T, w *world, name string) {
		journey := w.travel(name, ines)
		if _, err := w.finish(name, journey); err != nil {
			t.Fatal(err)
		}
		arrival, err := w.finish(name, journey)
		wantRefused(t, arrival, err, labels[name])
		if asked := w.idp.Asked(tokenOf[name]); len(asked) != 2 {
			t.Errorf("two sign-ins sent codes %d times", len(asked))
		}
	})
}

func TestACodeOfAnotherFlowIsRefused(t *testing.T) {
	t.Parallel()
	each(t, all, func(t *testing.T, w *world, name string) {
		journey := w.travel(name, ines)
		journey.secrets.RedirectURL += "/elsewhere"
		arrival, err := w.finish(name, journey)
		wantRefused(t, arrival, err, labels[name])
		journey.code = "made-up"
		arrival, err = w.finish(name, journey)
		wantRefused(t, arrival, err, labels[name])
	})
}

// What a browser brings back beside the code has nothing to do with what the provider is sent.
func TestTheCallbacksRawQueryNeverReachesTheProvider(t *testing.T) {
	t.Parallel()
	known := []string{"client_id", "client_secret", "code", "code_verifier", "grant_type", "redirect_uri"}
	each(t, all, func(t *testing.T, w *world, name string) {
		journey := w.travel(name, ines)
		journey.code += "&code_verifier=theirs&redirect_uri=http://evil.example&state=theirs"
		arrival, err := w.finish(name, journey)
		wantRefused(t, arrival, err, labels[name])
		for _, asked := range w.idp.Asked(tokenOf[name]) {
			if len(asked.Query) > 0 {
				t.Errorf("it was sent the query %v", asked.Query)
			}
			for parameter, values := range asked.Form {
				if !slices.Contains(known, parameter) || len(values) != 1 {
					t.Errorf("it was sent %s=%q", parameter, values)
				}
			}
			if asked.Form.Get("code") != journey.code || asked.Form.Get("redirect_uri") != journey.secrets.RedirectURL {
				t.Errorf("it was sent %v", asked.Form)
			}
		}
	})
}

func TestNoProvidersTokenIsKept(t *testing.T) {
	t.Parallel()
	each(t, all, func(t *testing.T, w *world, name string) {
		address, kept, err := w.providers[name].Begin(t.Context(), secrets(name))
		if err != nil {
			t.Fatal(err)
		}
		query := parse(t, address).Query()
		if query.Get("access_type") == "offline" || strings.Contains(query.Get("scope"), "offline") {
			t.Errorf("a refresh token is asked for: %v", query)
		}
		w.idp.Change(tokenOf[name], func(answer map[string]any) { answer["refresh_token"] = "refresh" })
		code := w.press(address, ines).Get("code")
		arrival, err := w.providers[name].Finish(t.Context(), secrets(name), kept, code)
		if err != nil || arrival.Subject == "" { // an Arrival has no place for one
			t.Errorf("got %+v, %v", arrival, err)
		}
	})
}

func TestAWrongClientSecretIsTheOperatorsToRead(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.providers[google] = provider.Google(provider.GoogleConfig{
		ClientID: fakeidp.ClientID, ClientSecret: "wrong", URL: parse(t, w.idp.Google()), Limits: w.limits,
	})
	arrival, err := w.arrive(google, ines)
	wantRefused(t, arrival, err, "Google")
	if !strings.Contains(err.Error(), "invalid_client") {
		t.Errorf("the cause isn't told: %v", err)
	}
}

func TestAnIDIsNeverEmptyNorZero(t *testing.T) {
	t.Parallel()
	for what, id := range map[string]any{"zero": 0, "missing": nil, "text": "", "a_number_in_text": "0", "fraction": 0.5, "huge": 1e300} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			each(t, all, func(t *testing.T, w *world, name string) {
				forge := func(member string) func(map[string]any) {
					return func(answer map[string]any) {
						if answer[member] = id; id == nil {
							delete(answer, member)
						}
					}
				}
				w.idp.ChangeIDToken(forge("sub"))
				w.idp.Change(fakeidp.GitHubUser, forge("id"))
				arrival, err := w.arrive(name, ines)
				wantRefused(t, arrival, err, labels[name])
			})
		})
	}
}

func TestWhoeverLeavesIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	each(t, all, func(t *testing.T, w *world, name string) {
		journey := w.travel(name, ines)
		ctx, leave := context.WithCancel(t.Context())
		w.idp.Fail(tokenOf[name], func(_ http.ResponseWriter, r *http.Request) {
			leave()
			<-r.Context().Done()
		})
		began := time.Now()
		_, err := w.providers[name].Finish(ctx, journey.secrets, journey.kept, journey.code)
		wantAway(t, err, labels[name])
		if took := time.Since(began); took > w.limits.Patience-time.Second {
			t.Errorf("it took %v", took)
		}
	})
}

func TestAddressesCarryNothingTwice(t *testing.T) {
	t.Parallel()
	each(t, all, func(t *testing.T, w *world, name string) {
		address, _, err := w.providers[name].Begin(t.Context(), secrets(name))
		if err != nil {
			t.Fatal(err)
		}
		query, err := url.ParseQuery(parse(t, address).RawQuery)
		if err != nil {
			t.Fatal(err)
		}
		for parameter, values := range query {
			if len(values) != 1 {
				t.Errorf("%s is there as %q", parameter, values)
			}
		}
	})
}
