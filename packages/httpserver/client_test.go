package httpserver_test

import (
	"net/http"
	"testing"

	"cardwall/packages/httpserver"
)

func TestClientAddress(t *testing.T) {
	t.Parallel()
	var proxies httpserver.Proxies
	if err := proxies.UnmarshalText([]byte("10.0.0.0/8, 192.168.1.1,fd00::/8")); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		peer      string
		forwarded []string
		want      string
	}{
		"the connection's":                         {"203.0.113.9:1234", nil, "203.0.113.9"},
		"a stranger's header doesn't count":        {"203.0.113.9:1234", []string{"1.1.1.1"}, "203.0.113.9"},
		"a proxy's header counts":                  {"10.1.2.3:1234", []string{"203.0.113.9"}, "203.0.113.9"},
		"what the client wrote left of it doesn't": {"10.1.2.3:1", []string{"1.1.1.1, 203.0.113.9"}, "203.0.113.9"},
		"proxies are walked over":                  {"10.1.2.3:1", []string{"1.1.1.1, 203.0.113.9, 10.9.9.9", "192.168.1.1"}, "203.0.113.9"},
		"proxies all the way":                      {"10.1.2.3:1", []string{"10.0.0.1"}, "10.0.0.1"},
		"a proxy without the header":               {"10.1.2.3:1", nil, "10.1.2.3"},
		"nonsense stops the walk":                  {"10.1.2.3:1", []string{"1.1.1.1, unknown, 10.0.0.7"}, "10.0.0.7"},
		"with a port":                              {"10.1.2.3:1", []string{"203.0.113.9:555"}, "203.0.113.9"},
		"IPv6":                                     {"[fd00::1]:1", []string{"2001:db8::7"}, "2001:db8::7"},
		"IPv6 in brackets with a port":             {"[fd00::1]:1", []string{"[2001:db8::7]:99"}, "2001:db8::7"},
		"IPv4 in IPv6":                             {"[::ffff:10.1.2.3]:1", []string{"::ffff:203.0.113.9"}, "203.0.113.9"},
		"no address":                               {"@", nil, "invalid IP"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &http.Request{RemoteAddr: c.peer, Header: http.Header{"X-Forwarded-For": c.forwarded}}
			if got := proxies.Client(r).String(); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestProxiesMustBeAddresses(t *testing.T) {
	t.Parallel()
	for _, list := range []string{"localhost", "10.0.0.0/99", "10.0.0.1;10.0.0.2"} {
		if _, err := httpserver.ParseProxies(list); err == nil {
			t.Errorf("%q passed", list)
		}
	}
	if proxies, err := httpserver.ParseProxies(" "); err != nil || len(proxies) != 0 {
		t.Errorf("an empty list: %v, %v", proxies, err)
	}
}
