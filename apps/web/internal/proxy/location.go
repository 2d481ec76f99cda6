package proxy

import (
	"net/http"
	"net/url"
	"strings"
)

// relocate turns an address in the api's own terms into one that a browser may see: what lies under the
// api's base path lies under /api. One that leads elsewhere on the api, or can't be read, is dropped;
// one on another host stays.
func (p *proxy) relocate(res *http.Response, name string) {
	value := res.Header.Get(name)
	if value == "" {
		return
	}
	asked := *p.API
	asked.Path, asked.RawPath, asked.RawQuery = "", "", ""
	from, err := asked.Parse(res.Request.URL.Opaque)
	if err != nil {
		res.Header.Del(name)
		return
	}
	to, err := from.Parse(value)
	switch {
	case err != nil:
		res.Header.Del(name)
	case !p.isAPI(to):
		return
	default:
		p.publish(res.Header, name, to)
	}
}

func (p *proxy) publish(h http.Header, name string, to *url.URL) {
	rest, ok := strings.CutPrefix(to.EscapedPath(), p.base+"/")
	if !ok {
		h.Del(name)
		return
	}
	h.Set(name, (&url.URL{Opaque: "/api/" + rest, RawQuery: to.RawQuery, Fragment: to.Fragment, RawFragment: to.RawFragment}).String())
}

// isAPI reports whether an address is on the api's host, under whatever scheme.
func (p *proxy) isAPI(u *url.URL) bool {
	return strings.EqualFold(u.Hostname(), p.API.Hostname()) && port(u, p.API.Scheme) == port(p.API, p.API.Scheme)
}

// port is the port of an address, or the one its scheme stands for.
func port(u *url.URL, fallback string) string {
	scheme := u.Scheme
	if scheme == "" {
		scheme = fallback
	}
	switch {
	case u.Port() != "":
		return u.Port()
	case strings.EqualFold(scheme, "https"):
		return "443"
	default:
		return "80"
	}
}
