// Package smtptest is a mail server for tests: a real conversation over a real port (RFC 5321), that keeps what it is
// given. It can go away and come back, ask for TLS or a password, and refuse.
package smtptest

import (
	"bufio"
	"crypto/tls"
	"encoding/base64"
	"net"
	"net/mail"
	"net/textproto"
	"strings"
	"sync"
	"testing"
	"time"
)

// Received is a mail as it arrived.
type Received struct {
	From, To string // of the envelope
	Data     string
	Secure   bool
	Message  *mail.Message
}

// Server is a mail server. Set what it is to do before Start.
type Server struct {
	TLS            *tls.Config       // offers STARTTLS
	Implicit       bool              // TLS from the first byte
	User, Password string            // asks for them
	Refuse         map[string]string // what it answers instead: "RCPT" → "550 5.1.1 no such mailbox"
	AfterData      func()            // is called when a mail is taken, before the server says so

	mu       sync.Mutex
	addr     string
	listener net.Listener
	open     map[net.Conn]bool
	mails    chan Received
}

// New makes a server that isn't there yet, at an address of its own.
func New(t testing.TB) *Server {
	t.Helper()
	s := &Server{mails: make(chan Received, 1000), open: map[net.Conn]bool{}}
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.addr = listener.Addr().String()
	_ = listener.Close()
	t.Cleanup(s.Stop)
	return s
}

// Start makes the server answer at its address.
func (s *Server) Start(t testing.TB) *Server {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", s.addr)
	if err != nil {
		t.Fatal(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.listener = listener
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go s.talk(conn)
		}
	}()
	return s
}

// Stop makes it go away, in the middle of whatever is said.
func (s *Server) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listener != nil {
		_ = s.listener.Close()
	}
	for conn := range s.open {
		_ = conn.Close()
	}
}

// URL is the SMTP_URL that leads here in the clear.
func (s *Server) URL() string { return "smtp://" + s.addr + "?starttls=no" }

// Addr is host:port.
func (s *Server) Addr() string { return s.addr }

// Next waits for a mail.
func (s *Server) Next(t testing.TB) Received {
	t.Helper()
	select {
	case got := <-s.mails:
		return got
	case <-time.After(20 * time.Second):
		t.Fatal("no mail came")
		return Received{}
	}
}

// Waiting is how many mails came that nobody has asked for with Next.
func (s *Server) Waiting() int { return len(s.mails) }

func (s *Server) talk(conn net.Conn) {
	s.hold(conn, true)
	defer s.hold(conn, false)
	if s.Implicit {
		conn = tls.Server(conn, s.TLS)
	}
	c := &conversation{server: s, conn: conn, secure: s.Implicit}
	c.begin("220 smtptest")
	for {
		line, err := c.in.ReadLine()
		if err != nil || !c.answer(line) {
			return
		}
	}
}

func (s *Server) hold(conn net.Conn, open bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if open {
		s.open[conn] = true
		return
	}
	delete(s.open, conn)
	_ = conn.Close()
}

type conversation struct {
	server   *Server
	conn     net.Conn
	in       *textproto.Reader
	secure   bool
	known    bool
	from, to string
}

func (c *conversation) begin(greeting string) {
	c.in = textproto.NewReader(bufio.NewReader(c.conn))
	if greeting != "" {
		c.say(greeting)
	}
}

func (c *conversation) say(line string) { _, _ = c.conn.Write([]byte(line + "\r\n")) }

// answer reports whether the conversation goes on.
func (c *conversation) answer(line string) bool {
	verb, rest, _ := strings.Cut(line, " ")
	verb = strings.ToUpper(verb)
	if refusal := c.server.Refuse[verb]; refusal != "" {
		c.say(refusal)
		return true
	}
	switch verb {
	case "EHLO":
		c.greet()
	case "STARTTLS":
		c.say("220 go on")
		c.conn, c.secure = tls.Server(c.conn, c.server.TLS), true
		c.begin("")
	case "AUTH":
		c.signIn(rest)
	case "MAIL":
		c.from = address(rest)
		c.mayMail()
	case "RCPT":
		c.to = address(rest)
		c.say("250 OK")
	case "DATA":
		return c.take()
	case "QUIT":
		c.say("221 bye")
		return false
	default: // NOOP, RSET
		c.say("250 OK")
	}
	return true
}

func (c *conversation) greet() {
	lines := []string{"smtptest", "ENHANCEDSTATUSCODES", "8BITMIME", "SMTPUTF8"}
	if c.server.TLS != nil && !c.secure {
		lines = append(lines, "STARTTLS")
	}
	if c.server.User != "" {
		lines = append(lines, "AUTH PLAIN")
	}
	for _, line := range lines[:len(lines)-1] {
		c.say("250-" + line)
	}
	c.say("250 " + lines[len(lines)-1])
}

func (c *conversation) signIn(rest string) {
	_, encoded, _ := strings.Cut(rest, " ")
	given, _ := base64.StdEncoding.DecodeString(encoded)
	c.known = string(given) == "\x00"+c.server.User+"\x00"+c.server.Password
	if c.known {
		c.say("235 2.7.0 welcome")
		return
	}
	c.say("535 5.7.8 wrong")
}

func (c *conversation) mayMail() {
	if c.server.User != "" && !c.known {
		c.say("530 5.7.0 sign in first")
		return
	}
	c.say("250 OK")
}

func (c *conversation) take() bool {
	c.say("354 go on")
	data, err := c.in.ReadDotBytes()
	if err != nil {
		return false
	}
	if refusal := c.server.Refuse["."]; refusal != "" {
		c.say(refusal)
		return true
	}
	message, err := mail.ReadMessage(strings.NewReader(string(data)))
	if err != nil {
		c.say("554 5.6.0 unreadable")
		return true
	}
	c.server.mails <- Received{From: c.from, To: c.to, Data: string(data), Secure: c.secure, Message: message}
	if c.server.AfterData != nil {
		c.server.AfterData()
	}
	c.say("250 2.0.0 taken")
	return true
}

// address is what stands between < and >.
func address(rest string) string {
	_, after, _ := strings.Cut(rest, "<")
	inside, _, _ := strings.Cut(after, ">")
	return inside
}
