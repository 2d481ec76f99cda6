package provider

import (
	"errors"
	"strconv"
	"time"
)

// A provider that was told to ask has asked just now: within the time that a second factor and a page of consent take.
const (
	askedWithin = 5 * time.Minute
	clocksApart = 30 * time.Second
)

// checkAsked holds what an id_token says of when somebody signed in at the provider against having told it to ask
// (OpenID Connect Core §3.1.3.7, 13). One that was told and doesn't say may have asked nobody.
func (c claims) checkAsked(now time.Time) error {
	at := time.Time(c.AuthTime)
	switch {
	case at.IsZero():
		return &notAskedError{errors.New("id_token: auth_time is missing")}
	case at.Before(now.Add(-askedWithin - clocksApart)):
		return &notAskedError{errors.New("id_token: auth_time is too long ago")}
	case at.After(now.Add(clocksApart)):
		return &notAskedError{errors.New("id_token: auth_time is in the future")}
	}
	return nil
}

// notAskedError is for a provider that let somebody through whom it was to ask.
type notAskedError struct{ error }

// Unwrap is what shows it.
func (e *notAskedError) Unwrap() error { return e.error }

// moment is a time in seconds since 1970 (OpenID Connect Core §2). Whatever is none is no time.
type moment time.Time

// UnmarshalJSON takes anything.
func (m *moment) UnmarshalJSON(text []byte) error {
	*m = moment{}
	if seconds, err := strconv.ParseFloat(string(text), 64); err == nil && seconds > 0 && seconds < 1<<40 {
		*m = moment(time.Unix(int64(seconds), 0))
	}
	return nil
}
