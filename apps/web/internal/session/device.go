package session

import "strings"

// Device names a browser and what it runs on as a person would, such as "Firefox on Linux", from the User-Agent that
// it sends. That is a guess for the eye: anyone may send anything.
func Device(userAgent string) string {
	browser, system := first(browsers, userAgent), first(systems, userAgent)
	switch {
	case browser != "" && system != "":
		return browser + " on " + system
	case browser != "":
		return browser
	case system != "":
		return "A browser on " + system
	default:
		return "An unknown device"
	}
}

type sign struct{ in, means string }

// Each browser also calls itself what it wants to be taken for, so the order counts.
var browsers = []sign{
	{"Edg/", "Edge"}, {"EdgA/", "Edge"}, {"EdgiOS/", "Edge"},
	{"OPR/", "Opera"}, {"OPT/", "Opera"},
	{"SamsungBrowser/", "Samsung Internet"},
	{"Vivaldi/", "Vivaldi"},
	{"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"},
	{"CriOS/", "Chrome"}, {"HeadlessChrome/", "Chrome"}, {"Chrome/", "Chrome"},
	{"Safari/", "Safari"},
	{"curl/", "curl"}, {"Wget/", "Wget"}, {"Go-http-client/", "A Go program"}, {"python-requests/", "A Python program"},
}

var systems = []sign{
	{"iPhone", "iPhone"}, {"iPad", "iPad"},
	{"Android", "Android"},
	{"Windows", "Windows"},
	{"CrOS", "ChromeOS"},
	{"Macintosh", "Mac"},
	{"Linux", "Linux"}, {"FreeBSD", "FreeBSD"}, {"OpenBSD", "OpenBSD"},
}

func first(signs []sign, userAgent string) string {
	for _, sign := range signs {
		if strings.Contains(userAgent, sign.in) {
			return sign.means
		}
	}
	return ""
}
