package httpserver

import (
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Proxies are the address ranges of the proxies in front of us (TRUSTED_PROXIES): only what they say
// about a client counts. The zero value trusts nobody.
type Proxies []netip.Prefix

// ParseProxies reads a list of addresses and CIDRs, separated by commas.
func ParseProxies(list string) (Proxies, error) {
	var proxies Proxies
	for entry := range strings.SplitSeq(list, ",") {
		entry = strings.TrimSpace(entry)
		if entry == "" {
			continue
		}
		prefix, err := netip.ParsePrefix(entry)
		if addr, addrErr := netip.ParseAddr(entry); addrErr == nil {
			prefix, err = netip.PrefixFrom(addr, addr.BitLen()), nil
		}
		if err != nil {
			return nil, fmt.Errorf("%q is neither an address nor a CIDR such as 10.0.0.0/8", entry)
		}
		proxies = append(proxies, prefix.Masked())
	}
	return proxies, nil
}

// UnmarshalText is ParseProxies, for configuration: its error doesn't show what was there.
func (p *Proxies) UnmarshalText(text []byte) error {
	parsed, err := ParseProxies(string(text))
	if err != nil {
		return errors.New("must be addresses or CIDRs such as 10.0.0.0/8, separated by commas")
	}
	*p = parsed
	return nil
}

// Client is the address a request came from: the connection's peer or, while that is one of the
// proxies, the next in X-Forwarded-For, from the right. Whatever stands left of the first address that
// isn't a proxy's was written by the client, and is not believed. IPv4 in IPv6 comes out as IPv4; the
// zero Addr means that the connection has no address (a Unix socket).
func (p Proxies) Client(r *http.Request) netip.Addr {
	client := peer(r)
	if !p.contain(client) {
		return client
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		addr, ok := parseHop(hop)
		if !ok {
			break
		}
		client = addr
		if !p.contain(client) {
			break
		}
	}
	return client
}

// trust reports whether the request comes directly from one of the proxies.
func (p Proxies) trust(r *http.Request) bool { return p.contain(peer(r)) }

func (p Proxies) contain(addr netip.Addr) bool {
	return slices.ContainsFunc(p, func(prefix netip.Prefix) bool { return prefix.Contains(addr) })
}

func peer(r *http.Request) netip.Addr {
	addr, _ := parseHop(r.RemoteAddr)
	return addr
}

// parseHop reads an address, with or without a port or the brackets of IPv6.
func parseHop(hop string) (netip.Addr, bool) {
	hop = strings.TrimSpace(hop)
	if withPort, err := netip.ParseAddrPort(hop); err == nil {
		return withPort.Addr().Unmap().WithZone(""), true
	}
	addr, err := netip.ParseAddr(strings.Trim(hop, "[]"))
	return addr.Unmap().WithZone(""), err == nil
}
