package session

import (
	"net/http"
	"net/netip"
	"strings"
)

const userAgentMax = 300 // bytes kept: enough to tell browsers apart in a list

// Origin is where a request came from, for the list of sessions, the throttles and the audit.
type Origin struct {
	Address   netip.Addr // of the client, as the server worked it out; never read from a header here
	UserAgent string
}

// OriginOf reads a request's origin; address says where the client is (nil: the connection's other end).
func OriginOf(r *http.Request, address func(*http.Request) netip.Addr) Origin {
	if address == nil {
		address = connection
	}
	agent := strings.ToValidUTF8(r.UserAgent(), "?")
	if len(agent) > userAgentMax {
		agent = strings.ToValidUTF8(agent[:userAgentMax], "")
	}
	addr := address(r).Unmap().WithZone("")
	if !addr.IsValid() {
		addr = netip.IPv6Unspecified()
	}
	return Origin{Address: addr, UserAgent: agent}
}

// Network is the part of the address that one household or office shares: a /64 of IPv6, the whole of an IPv4.
func (o Origin) Network() netip.Prefix {
	bits := o.Address.BitLen()
	if o.Address.Is6() {
		bits = 64
	}
	network, _ := o.Address.Prefix(bits)
	return network
}

func connection(r *http.Request) netip.Addr {
	peer, _ := netip.ParseAddrPort(r.RemoteAddr)
	return peer.Addr()
}
