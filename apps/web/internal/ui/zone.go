package ui

import (
	"net/http"
	"sync"
	"time"
	_ "time/tzdata" // an image need not have the zones
)

const (
	zoneCookie  = "zone"
	zoneNameMax = 64 // the longest name of the IANA's has 32 characters
)

// zones keeps what was loaded; there are some six hundred, and only those that exist get in.
var zones sync.Map

// Zone is the reader's time zone, as js/zone.js tells it by a cookie; UTC when that is missing or no zone's name.
func Zone(r *http.Request) *time.Location {
	cookie, err := r.Cookie(zoneCookie)
	if err != nil || cookie.Value == "Local" || len(cookie.Value) > zoneNameMax {
		return time.UTC
	}
	if known, ok := zones.Load(cookie.Value); ok {
		return known.(*time.Location)
	}
	zone, err := time.LoadLocation(cookie.Value)
	if err != nil {
		return time.UTC
	}
	zones.Store(cookie.Value, zone)
	return zone
}

// Today is the day that it is where the reader is, at midnight UTC, as the api writes days.
func Today(r *http.Request) time.Time {
	year, month, day := time.Now().In(Zone(r)).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}
