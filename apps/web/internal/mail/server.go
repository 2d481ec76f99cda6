package mail

import (
	"errors"
	"net/mail"
	"net/url"
	"strconv"
)

// Security is how the way to a mail server is kept.
type Security int

// The ways. There is none that uses TLS if it happens to be offered: whoever sits in between would take the offer away.
const (
	StartTLS Security = iota // smtp://: STARTTLS or nothing is sent
	TLS                      // smtps://: TLS from the first byte
	Clear                    // smtp://…?starttls=no: for a catcher or a relay on one's own network
)

// Server is a mail server as SMTP_URL names it.
type Server struct {
	Host           string // "" when none is named
	Port           int
	User, Password string // "" to send without signing in
	Security       Security
}

var errServer = errors.New("must be a mail server such as smtps://user:password@mail.example.org:465, smtp://… (587, with STARTTLS) or smtp://…?starttls=no (in the clear, without a password)")

// UnmarshalText reads an SMTP_URL. The error holds nothing of it.
func (s *Server) UnmarshalText(text []byte) error {
	u, err := url.Parse(string(text))
	if err != nil || u.Hostname() == "" || u.Opaque != "" || u.Fragment != "" || u.Path != "" && u.Path != "/" {
		return errServer
	}
	read := Server{Host: u.Hostname(), User: u.User.Username()}
	read.Password, _ = u.User.Password()
	switch u.Scheme + "?" + u.RawQuery {
	case "smtp?":
		read.Port = 587
	case "smtps?":
		read.Port, read.Security = 465, TLS
	case "smtp?starttls=no":
		read.Port, read.Security = 25, Clear
	default:
		return errServer
	}
	if u.Port() != "" {
		read.Port, err = strconv.Atoi(u.Port())
	}
	if err != nil || read.Port < 1 || read.Port > 65535 || (read.User == "") != (read.Password == "") || read.Security == Clear && read.User != "" {
		return errServer
	}
	*s = read
	return nil
}

// Named reports whether there is one.
func (s Server) Named() bool { return s.Host != "" }

// From is who letters come from, as MAIL_FROM names it: an address, or a name and one in angle brackets.
type From struct{ mail.Address }

// UnmarshalText reads a MAIL_FROM.
func (f *From) UnmarshalText(text []byte) error {
	read, err := mail.ParseAddress(string(text))
	if err != nil {
		return errors.New("must be an address such as Cardwall <cardwall@example.org>")
	}
	f.Address = *read
	return nil
}
