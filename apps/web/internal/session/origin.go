package session

import (
	"net/http"
	"net/netip"

	"cardwall/apps/web/internal/identity"
)

// OriginOf reads a request's origin; address says where the client is (nil: the connection's other end). No header
// is believed here about the address.
func OriginOf(r *http.Request, address func(*http.Request) netip.Addr) identity.Origin {
	if address == nil {
		address = connection
	}
	return identity.NewOrigin(address(r), r.UserAgent())
}

func connection(r *http.Request) netip.Addr {
	peer, _ := netip.ParseAddrPort(r.RemoteAddr)
	return peer.Addr()
}
