package ui

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func inZone(name string) *http.Request {
	r := httptest.NewRequest("GET", "/", nil)
	r.AddCookie(&http.Cookie{Name: "zone", Value: name})
	return r
}

func TestTheReadersZoneIsTheCookies(t *testing.T) {
	t.Parallel()
	for range 2 { // loaded, and kept
		if got := Zone(inZone("Pacific/Kiritimati")).String(); got != "Pacific/Kiritimati" {
			t.Errorf("zone %s", got)
		}
	}
	for _, odd := range []string{"", "Local", "Nowhere/Land", "../../etc/passwd", "/etc/passwd", "zone.tab", strings.Repeat("A", 65)} {
		if got := Zone(inZone(odd)); got != time.UTC {
			t.Errorf("%q is taken for %s", odd, got)
		}
	}
	if got := Zone(httptest.NewRequest("GET", "/", nil)); got != time.UTC {
		t.Errorf("without a cookie %s", got)
	}
}

func TestTodayIsTheReadersDay(t *testing.T) {
	t.Parallel()
	east, west := Today(inZone("Pacific/Kiritimati")), Today(inZone("Pacific/Pago_Pago")) // 25 hours apart
	if days := east.Sub(west); days < 24*time.Hour || days > 48*time.Hour || east.Hour() != 0 || east.Location() != time.UTC {
		t.Errorf("%s in the east, %s in the west", east, west)
	}
}
