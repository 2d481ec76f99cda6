package main

import (
	"context"
	"errors"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/launcher"
	"github.com/go-rod/rod/lib/proto"
)

var errNoChromium = errors.New("there is no Chromium to measure pages in: install one (`apt-get install chromium`, or `brew install chromium`)")

// openChromium starts a browser, and returns what ends it.
func openChromium(ctx context.Context) (*rod.Browser, func(), error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"} {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		l := launcher.New().Context(ctx).Bin(path).Leakless(false).NoSandbox(true).Set("disable-gpu").Set("no-proxy-server").Set("disable-dev-shm-usage")
		address, err := l.Launch()
		if err != nil {
			return nil, nil, err
		}
		browser := rod.New().Context(ctx).ControlURL(address)
		end := func() {
			l.Kill() // asking it to close would need a context that isn't over
			l.Cleanup()
		}
		return browser, end, browser.Connect()
	}
	return nil, nil, errNoChromium
}

// scale weighs what comes over the wire, as the browser counts it: headers and compressed bodies.
type scale struct {
	mu       sync.Mutex
	bytes    float64
	underWay map[proto.NetworkRequestID]bool
	since    time.Time // of the last change
}

func weighPage(page *rod.Page) *scale {
	s := &scale{underWay: map[proto.NetworkRequestID]bool{}, since: time.Now()}
	change := func(act func()) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.since = time.Now()
		act()
	}
	go page.EachEvent(
		func(e *proto.NetworkRequestWillBeSent) {
			if !strings.Contains(e.Request.URL, "/api/v1/events") { // the wall's event stream, which lasts
				change(func() { s.underWay[e.RequestID] = true })
			}
		},
		func(e *proto.NetworkLoadingFailed) { change(func() { delete(s.underWay, e.RequestID) }) },
		func(e *proto.NetworkLoadingFinished) {
			change(func() {
				s.bytes += e.EncodedDataLength
				delete(s.underWay, e.RequestID)
			})
		},
	)()
	return s
}

// quiet waits until nothing has been under way for a while, and returns how much came in all.
func (s *scale) quiet(ctx context.Context) (int, error) {
	const while = 700 * time.Millisecond
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		s.mu.Lock()
		bytes, rests := s.bytes, len(s.underWay) == 0 && time.Since(s.since) > while
		s.mu.Unlock()
		if rests {
			return int(bytes), nil
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
}
