package main

import (
	"context"
	"errors"
	"net/http"
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
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chromium-headless-shell", "chrome-headless-shell", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"} {
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

const browserWait = 5 * time.Minute // for one page

// show opens a board's page in a profile of its own, with a session, and calls act once nothing has been under way for a while. Act may panic
// with an error, which is returned.
func show(ctx context.Context, browser *rod.Browser, session *proto.NetworkCookieParam, address string, act func(*rod.Page, *scale)) error {
	ctx, cancel := context.WithTimeout(ctx, browserWait)
	defer cancel()
	return rod.Try(func() {
		own := browser.MustIncognito().NoDefaultDevice()
		defer own.MustClose()
		page := own.MustPage().Context(ctx)
		must(page.SetViewport(&proto.EmulationSetDeviceMetricsOverride{Width: 1280, Height: 800, DeviceScaleFactor: 1}))
		must(page.SetCookies([]*proto.NetworkCookieParam{session}))
		must(proto.NetworkEnable{}.Call(page))
		weight := weighPage(page)
		wait := page.MustWaitNavigation()
		page.MustNavigate(address)
		wait()
		weight.rest(ctx)
		act(page, weight)
	})
}

// cookieOf is the session that somebody's requests name.
func cookieOf(c *caller, origin string) *proto.NetworkCookieParam {
	h := http.Header{}
	must(c.authorize(h))
	name, value, _ := strings.Cut(h.Get("Cookie"), "=")
	return &proto.NetworkCookieParam{Name: name, Value: value, URL: origin, HTTPOnly: true}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func got[T any](value T, err error) T {
	must(err)
	return value
}

// scale weighs what comes over the wire, as the browser counts it: headers and compressed bodies.
type scale struct {
	mu       sync.Mutex
	bytes    float64
	underWay map[proto.NetworkRequestID]bool
	listens  bool      // to the board's events, by a stream that lasts
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
			change(func() {
				if strings.Contains(e.Request.URL, "/api/v1/events") {
					s.listens = true
				} else {
					s.underWay[e.RequestID] = true
				}
			})
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

// rest waits until the page listens and nothing else has been under way for a while, and returns how much came in all.
func (s *scale) rest(ctx context.Context) int {
	const while = 700 * time.Millisecond
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		s.mu.Lock()
		bytes, rests := s.bytes, s.listens && len(s.underWay) == 0 && time.Since(s.since) > while
		s.mu.Unlock()
		if rests {
			return int(bytes)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			panic(ctx.Err())
		}
	}
}
