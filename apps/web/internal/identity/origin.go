package identity

import (
	"net/netip"
	"strings"
)

const userAgentMax = 300 // bytes kept: enough to tell browsers apart in a list

// Origin is where a request came from, for the list of sessions, the throttles and the audit.
type Origin struct {
	Address   netip.Addr // of the client, as the server worked it out
	UserAgent string
}

// NewOrigin tidies what is known of a client: IPv4 in IPv6 is IPv4, no address at all is the unspecified one.
func NewOrigin(address netip.Addr, userAgent string) Origin {
	userAgent = strings.ToValidUTF8(userAgent, "?")
	if len(userAgent) > userAgentMax {
		userAgent = strings.ToValidUTF8(userAgent[:userAgentMax], "")
	}
	address = address.Unmap().WithZone("")
	if !address.IsValid() {
		address = netip.IPv6Unspecified()
	}
	return Origin{Address: address, UserAgent: userAgent}
}

// Nowhere is the origin of what happens to somebody by another's doing, and isn't to tell where that one is.
func Nowhere() Origin { return NewOrigin(netip.Addr{}, "") }

// Network is the part of the address that one household or office shares: a /64 of IPv6, the whole of an IPv4.
func (o Origin) Network() netip.Prefix {
	bits := o.Address.BitLen()
	if o.Address.Is6() {
		bits = 64
	}
	network, _ := o.Address.Prefix(bits)
	return network
}
