package fakeidp

import (
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"slices"
)

// authorize is where a browser arrives: a page with a button per person, or straight back when consent was given
// beforehand. The buttons post to the address they were shown at, query and all.
func (s *Server) authorize(at shape) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		if err := checkRequest(query); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		subject := s.consenting(r)
		if subject == refusal {
			sendBack(w, r, query, url.Values{"error": {"access_denied"}})
			return
		}
		if person, ok := s.person(subject); ok {
			sendBack(w, r, query, url.Values{"code": {s.grant(at, person, query, s.signedInAt(r))}})
			return
		}
		s.page(w, at)
	}
}

// refusal is what the button says that belongs to nobody.
const refusal = "nobody"

// consenting is the subject of whoever pressed a button, or was told beforehand to consent.
func (s *Server) consenting(r *http.Request) string {
	if r.Method == http.MethodPost {
		return r.PostForm.Get("person")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.asking == Asks && wantsAsking(r.URL.Query()) {
		return ""
	}
	return s.consent
}

// checkRequest holds a request against RFC 6749 §4.1.1 and RFC 7636 §4.3: PKCE with S256 isn't optional here.
func checkRequest(query url.Values) error {
	switch {
	case query.Get("client_id") != ClientID:
		return errors.New("nobody has this client_id")
	case query.Get("response_type") != "code":
		return errors.New("response_type must be code")
	case query.Get("state") == "":
		return errors.New("state is missing")
	case query.Get("code_challenge_method") != "S256" || len(query.Get("code_challenge")) != 43:
		return errors.New("code_challenge is missing, or isn't S256's")
	}
	return redirectable(query.Get("redirect_uri"))
}

// sendBack sends the browser to the client's callback.
func sendBack(w http.ResponseWriter, r *http.Request, query, answer url.Values) {
	callback, err := url.Parse(query.Get("redirect_uri"))
	if err != nil {
		http.Error(w, "redirect_uri can't be read", http.StatusBadRequest)
		return
	}
	answer.Set("state", query.Get("state"))
	for name, values := range callback.Query() {
		answer[name] = values
	}
	callback.RawQuery = answer.Encode()
	http.Redirect(w, r, callback.String(), http.StatusSeeOther)
}

func (s *Server) page(w http.ResponseWriter, at shape) {
	s.mu.Lock()
	people := slices.Clone(s.people)
	s.mu.Unlock()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_ = page.Execute(w, map[string]any{"Name": at.name, "People": people, "Refusal": refusal})
}

// The form has no action: it goes to the page's own address.
var page = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>A fake {{.Name}}</title>
</head>
<body>
<h1>A fake {{.Name}}</h1>
<p>It stands in for the real one on this machine. Who are you?</p>
<form method="post">
{{range .People}}<p><button name="person" value="{{.Subject}}">{{.Name}}</button>
{{if .Email}}{{.Email}}{{if not .EmailVerified}}, not verified{{end}}{{else}}no e-mail{{end}}</p>
{{end}}<p><button name="person" value="{{.Refusal}}">Cancel</button></p>
</form>
</body>
</html>
`))
