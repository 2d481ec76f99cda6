package main

import (
	"cmp"
	"context"

	"cardwall/packages/httpserver/roundrobin"
)

// openPair is open for two of each app behind balancers, without an api or a pool apart from them. The site's programs
// are the first of each.
func openPair(ctx context.Context, s server) (*site, error) { return opened(ctx, s, (*site).openPair) }

func (s *site) openPair(ctx context.Context, d deployment) error {
	people, calls, err := s.balancers(ctx)
	if err != nil {
		return err
	}
	d.before, d.apiAddr = people.Addr, calls.Addr
	start := func(program func(addr string) (*program, error)) (first *program, addrs []string, err error) {
		for range 2 {
			addr, err := freeAddr(ctx)
			if err != nil {
				return nil, nil, err
			}
			started, err := program(addr)
			if err != nil {
				return nil, nil, err
			}
			s.stops, addrs = append(s.stops, started.stop), append(addrs, addr)
			first = cmp.Or(first, started)
		}
		return first, addrs, nil
	}
	var webs, apis []string
	if s.web, webs, err = start(func(addr string) (*program, error) { d.webAddr = addr; return d.startWeb(ctx) }); err != nil {
		return err
	}
	people.To(webs...)
	if s.behind, apis, err = start(func(addr string) (*program, error) { return d.startAPI(ctx, addr, d.webKeys()) }); err != nil {
		return err
	}
	calls.To(apis...)
	s.origin = d.publicURL()
	s.chain, _, err = signUp(ctx, s.origin, writes)
	return err
}

// balancers are one before web and one before the api.
func (s *site) balancers(ctx context.Context) (web, api *roundrobin.Balancer, err error) {
	if web, err = roundrobin.Listen(ctx, "127.0.0.1:0"); err != nil {
		return nil, nil, err
	}
	s.stops = append(s.stops, func() { _ = web.Close() })
	if api, err = roundrobin.Listen(ctx, "127.0.0.1:0"); err != nil {
		return nil, nil, err
	}
	s.stops = append(s.stops, func() { _ = api.Close() })
	return web, api, nil
}
