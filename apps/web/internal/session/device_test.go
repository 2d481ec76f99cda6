package session_test

import (
	"testing"

	"cardwall/apps/web/internal/session"
)

func TestDeviceInWords(t *testing.T) {
	t.Parallel()
	const webkit, like = "AppleWebKit/537.36 (KHTML, like Gecko)", "Mozilla/5.0 "
	for agent, want := range map[string]string{
		like + "(X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0":                                                                  "Firefox on Linux",
		like + "(X11; Linux x86_64) " + webkit + " Chrome/141.0.0.0 Safari/537.36":                                                           "Chrome on Linux",
		like + "(X11; CrOS x86_64 14541.0.0) " + webkit + " Chrome/141.0.0.0 Safari/537.36":                                                  "Chrome on ChromeOS",
		like + "(Windows NT 10.0; Win64; x64) " + webkit + " Chrome/141.0.0.0 Safari/537.36":                                                 "Chrome on Windows",
		like + "(Windows NT 10.0; Win64; x64) " + webkit + " Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0":                                   "Edge on Windows",
		like + "(Windows NT 10.0; Win64; x64) " + webkit + " Chrome/141.0.0.0 Safari/537.36 OPR/125.0.0.0":                                   "Opera on Windows",
		like + "(Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15":                   "Safari on Mac",
		like + "(iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1": "Safari on iPhone",
		like + "(iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/141.0.0.0 Mobile/15E148 Safari/604.1":       "Chrome on iPad",
		like + "(Linux; Android 10; K) " + webkit + " Chrome/141.0.0.0 Mobile Safari/537.36":                                                 "Chrome on Android",
		like + "(Linux; Android 10; K) " + webkit + " SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36":                             "Samsung Internet on Android",
		like + "(Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0":                                                                    "Firefox on Android",
		"curl/8.15.0":                          "curl",
		"Go-http-client/1.1":                   "A Go program",
		like + "(X11; Linux x86_64) Dillo/3.2": "A browser on Linux",
		"":                                     "An unknown device",
		"<script>alert(1)</script>":            "An unknown device",
	} {
		if got := session.Device(agent); got != want {
			t.Errorf("%q is %q, want %q", agent, got, want)
		}
	}
}
