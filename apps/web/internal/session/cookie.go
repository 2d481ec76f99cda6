package session

import "net/http"

// Cookie is the session's cookie. Over https its name begins with __Host-, which makes a browser refuse one that a
// sibling domain or a plain-http page tries to plant (RFC 6265bis §4.1.3.2); plain-http localhost can't have that.
type Cookie struct {
	Secure bool // PUBLIC_URL is https
}

// Name is the cookie's name.
func (c Cookie) Name() string {
	if c.Secure {
		return "__Host-session"
	}
	return "session"
}

func (c Cookie) read(r *http.Request) (Hash, bool) {
	for _, cookie := range r.CookiesNamed(c.Name()) {
		if hash, ok := parseID(cookie.Value); ok {
			return hash, true
		}
	}
	return Hash{}, false
}

func (c Cookie) write(w http.ResponseWriter, id string) {
	http.SetCookie(w, c.cookie(id, int(Life.Seconds())))
}

func (c Cookie) clear(w http.ResponseWriter) {
	http.SetCookie(w, c.cookie("", -1))
}

func (c Cookie) cookie(value string, maxAge int) *http.Cookie {
	return &http.Cookie{
		Name: c.Name(), Value: value, Path: "/", MaxAge: maxAge,
		Secure: c.Secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	}
}
