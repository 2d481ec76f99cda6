package provider

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"cardwall/apps/web/internal/identity"
)

// client makes the calls of one flow.
func (p *Provider) client(ctx context.Context, f identity.FlowSecrets) *http.Client {
	return &http.Client{
		Transport: &flow{
			ctx: ctx, verifier: f.Verifier, inForm: p.inForm,
			next: elsewhere{next: caller{next: p.limits.transport, patience: p.limits.Patience}, base: p.elsewhere},
		},
		CheckRedirect: stay,
	}
}

// flow gives goth's calls what goth can't: the context of the request that they serve, and PKCE's verifier. Its calls
// are made one after the other.
type flow struct {
	ctx      context.Context // goth's methods take none
	verifier string
	inForm   url.Values
	next     http.RoundTripper

	exchanged bool
	answer    *http.Response
	body      []byte
	err       error
}

// RoundTrip makes the call. The only POST is the one with the code.
func (f *flow) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(f.ctx)
	if r.Method != http.MethodPost {
		return f.next.RoundTrip(r)
	}
	return f.exchange(r)
}

// exchange sends the code, once: x/oauth2 tries again with the client's secret in another place when it doesn't know
// the right one, but a code that was seen twice may be taken back (RFC 6749 §4.1.2), and the first answer says why.
func (f *flow) exchange(r *http.Request) (*http.Response, error) {
	if !f.exchanged {
		f.exchanged = true
		f.answer, f.body, f.err = f.send(r)
	}
	if f.err != nil {
		return nil, f.err
	}
	answer := *f.answer
	answer.Body = io.NopCloser(bytes.NewReader(f.body))
	return &answer, nil
}

func (f *flow) send(r *http.Request) (answer *http.Response, body []byte, err error) {
	if err := f.complete(r); err != nil {
		return nil, nil, err
	}
	answer, err = f.next.RoundTrip(r)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	body, err = io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode == http.StatusOK {
		err = checkTypes(body)
	}
	return answer, body, err
}

// complete adds PKCE's verifier to the request (RFC 7636 §4.5) and, for those who want it there, the client's secret.
func (f *flow) complete(r *http.Request) error {
	sent, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	form, err := url.ParseQuery(string(sent))
	if err != nil {
		return err
	}
	form.Set("code_verifier", f.verifier)
	for name, values := range f.inForm {
		r.Header.Del("Authorization")
		form[name] = values
	}
	text := form.Encode()
	r.Body, r.GetBody, r.ContentLength = io.NopCloser(strings.NewReader(text)), nil, int64(len(text))
	return nil
}

// checkTypes looks at what goth takes for granted, and panics without: that an id_token is a string.
func checkTypes(body []byte) error {
	var token struct {
		IDToken *string `json:"id_token"`
	}
	if err := json.Unmarshal(body, &token); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) {
			return fmt.Errorf("what came for the code is a JSON %s where %q should be", wrong.Value, wrong.Field)
		}
		return err
	}
	return nil
}
