package mail_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/http/httptest"
	netmail "net/mail"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/mail"
	"cardwall/apps/web/internal/mail/smtptest"
)

func sender() mail.Sender {
	return mail.Sender{
		From: netmail.Address{Name: "Cardwall", Address: "cardwall@fernway.example"},
		Site: &url.URL{Scheme: "https", Host: "cardwall.fernway.example"},
	}
}

func letter() identity.Letter {
	return identity.Letter{
		ID: uuid.MustParse("0198f2a0-0000-7000-8000-000000000001"), What: identity.OnReset, To: "ines@fernway.example", Name: "Ines <b>Moreau</b>",
		Link: "https://cardwall.fernway.example/reset?token=s3cret", Life: time.Hour,
	}
}

// post is one that sends to the server's URL.
func post(t *testing.T, address string, roots *tls.Config) *mail.SMTP {
	t.Helper()
	var server mail.Server
	if err := server.UnmarshalText([]byte(address)); err != nil {
		t.Fatal(err)
	}
	p, err := mail.NewSMTP(sender(), server, roots)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// certificate is a pair for 127.0.0.1, and what trusts it.
func certificate(t *testing.T) (server, roots *tls.Config) {
	t.Helper()
	web := httptest.NewTLSServer(nil)
	t.Cleanup(web.Close)
	pool := x509.NewCertPool()
	pool.AddCert(web.Certificate())
	return &tls.Config{Certificates: web.TLS.Certificates}, &tls.Config{RootCAs: pool}
}

// parts are a mail's, decoded, by their media type.
func parts(t *testing.T, got smtptest.Received) map[string]string {
	t.Helper()
	_, params, err := mime.ParseMediaType(got.Message.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	reader := multipart.NewReader(got.Message.Body, params["boundary"])
	for {
		part, err := reader.NextRawPart()
		if errors.Is(err, io.EOF) {
			return found
		}
		if err != nil {
			t.Fatal(err)
		}
		media, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type"))
		text, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		found[media] = strings.ReplaceAll(string(text), "\r\n", "\n")
	}
}

func TestLetterHasATextAndAnHTMLPartWithItsLink(t *testing.T) {
	t.Parallel()
	server := smtptest.New(t).Start(t)
	if err := post(t, server.URL(), nil).Send(t.Context(), letter()); err != nil {
		t.Fatal(err)
	}
	got := server.Next(t)
	if got.From != "cardwall@fernway.example" || got.To != "ines@fernway.example" {
		t.Errorf("from %s to %s", got.From, got.To)
	}
	both := parts(t, got)
	text, html := both["text/plain"], both["text/html"]
	if !strings.Contains(text, "Hello Ines <b>Moreau</b>,") || !strings.Contains(text, "\n"+letter().Link+"\n") || !strings.Contains(text, "one hour") {
		t.Errorf("text:\n%s", text)
	}
	if !strings.Contains(html, `href="`+letter().Link+`"`) || strings.Contains(html, "<b>") {
		t.Errorf("html:\n%s", html)
	}
}

func TestHeadersOfALetter(t *testing.T) {
	t.Parallel()
	server := smtptest.New(t).Start(t)
	p := post(t, server.URL(), nil)
	for range 2 { // of two attempts
		if err := p.Send(t.Context(), letter()); err != nil {
			t.Fatal(err)
		}
		got := server.Next(t)
		for name, want := range map[string]string{
			"From": `"Cardwall" <cardwall@fernway.example>`, "To": "<ines@fernway.example>", "Subject": "Choose a new password for Cardwall",
			"Auto-Submitted": "auto-generated", "Message-Id": "<0198f2a0-0000-7000-8000-000000000001@cardwall.fernway.example>", "Mime-Version": "1.0",
		} {
			if given := got.Message.Header.Get(name); given != want {
				t.Errorf("%s: %q, want %q", name, given, want)
			}
		}
		if _, err := got.Message.Header.Date(); err != nil {
			t.Error(err)
		}
	}
}

// notices are the occasions without a link.
var notices = []identity.Occasion{
	identity.OnPasswordChanged, identity.OnEmailChanging, identity.OnEmailChanged, identity.OnLinked, identity.OnUnlinked,
}

func TestNoticesLeadToTheAccountWhereASignedInOwnerCanAct(t *testing.T) {
	t.Parallel()
	server := smtptest.New(t).Start(t)
	p := post(t, server.URL(), nil)
	for _, what := range notices {
		l := letter()
		l.What, l.Link, l.About = what, "", "thief@elsewhere.example"
		if what == identity.OnPasswordChanged {
			l.About = ""
		}
		if err := p.Send(t.Context(), l); err != nil {
			t.Fatal(err)
		}
		for media, text := range parts(t, server.Next(t)) {
			if !strings.Contains(text, l.About) || !strings.Contains(text, "https://cardwall.fernway.example/account") {
				t.Errorf("%s, %s:\n%s", what, media, text)
			}
		}
	}
}

func TestEveryOccasionHasItsWordsAndNothingToFollowAReaderWith(t *testing.T) {
	t.Parallel()
	server := smtptest.New(t).Start(t)
	p := post(t, server.URL(), nil)
	subjects := map[string]bool{}
	for _, what := range append([]identity.Occasion{identity.OnVerify, identity.OnReset, identity.OnInvite, identity.OnBoardInvite}, notices...) {
		l := letter()
		l.What = what
		if slices.Contains(notices, what) {
			l.Link = ""
		}
		if err := p.Send(t.Context(), l); err != nil {
			t.Fatal(err)
		}
		got := server.Next(t)
		subjects[got.Message.Header.Get("Subject")] = true
		html := parts(t, got)["text/html"]
		if strings.Contains(html, "<img") || strings.Contains(html, "url(") || strings.Count(html, "href=") != strings.Count(html, l.Link+`"`)*min(1, len(l.Link)) {
			t.Errorf("%s:\n%s", what, html)
		}
	}
	if len(subjects) != 4+len(notices) || subjects[""] {
		t.Errorf("subjects: %v", subjects)
	}
}

// Whoever invites chose their name and the board's, and who reads the mail knows neither of them.
func TestNamesInAnInvitationAreTextAndNothingElse(t *testing.T) {
	t.Parallel()
	server := smtptest.New(t).Start(t)
	p := post(t, server.URL(), nil)
	l := letter()
	l.What, l.Link = identity.OnBoardInvite, "https://cardwall.example.org/invitation?token=x"
	l.By = "Mallory\r\nBcc: all@fernway.example\r\n\r\n<h1>hi</h1>"
	l.About = `<img src=x onerror=alert(1)> "</a><a href="https://evil.example">`
	if err := p.Send(t.Context(), l); err != nil {
		t.Fatal(err)
	}
	got := server.Next(t)
	if got.Message.Header.Get("Bcc") != "" || len(got.Message.Header) != 8 {
		t.Errorf("headers: %v", got.Message.Header)
	}
	html := parts(t, got)["text/html"]
	if strings.Contains(html, "<img") || strings.Contains(html, "<h1>hi") || strings.Count(html, `href="`) != 1 {
		t.Errorf("the mail's HTML is\n%s", html)
	}
}

func TestLineBreaksCannotInjectHeaders(t *testing.T) {
	t.Parallel()
	server := smtptest.New(t).Start(t)
	p := post(t, server.URL(), nil)
	for _, to := range []string{
		"ines@fernway.example\r\nBcc: all@fernway.example", "ines@fernway.example\nBcc: all@fernway.example", "a@b.example, c@d.example",
		"Ines <ines@fernway.example>", "", "ines", "ines@fernway.example>\r\nRCPT TO:<all@fernway.example",
	} {
		l := letter()
		l.To = to
		if err := p.Send(t.Context(), l); !errors.Is(err, identity.ErrUndeliverable) || strings.Contains(err.Error(), "fernway") {
			t.Errorf("%q: %v", to, err)
		}
	}
	l := letter()
	l.Name, l.About = "Ines\r\nBcc: all@fernway.example\r\n\r\nhello", "x@y.example\r\nBcc: all@fernway.example"
	if err := p.Send(t.Context(), l); err != nil {
		t.Fatal(err)
	}
	if got := server.Next(t); got.Message.Header.Get("Bcc") != "" || len(got.Message.Header) != 8 {
		t.Errorf("headers: %v", got.Message.Header)
	}
	if server.Waiting() != 0 {
		t.Error("another mail came")
	}
}

func TestNothingIsSentWithoutTheTLSThatWasAskedFor(t *testing.T) {
	t.Parallel()
	offered, roots := certificate(t)
	for name, c := range map[string]struct {
		scheme string
		adjust func(*smtptest.Server)
		roots  *tls.Config
		sent   bool
	}{
		"STARTTLS":                         {"smtp://", func(s *smtptest.Server) { s.TLS = offered }, roots, true},
		"STARTTLS_that_isn't_offered":      {"smtp://", func(*smtptest.Server) {}, roots, false},
		"STARTTLS_of_somebody_else":        {"smtp://", func(s *smtptest.Server) { s.TLS = offered }, nil, false},
		"TLS":                              {"smtps://", func(s *smtptest.Server) { s.TLS, s.Implicit = offered, true }, roots, true},
		"TLS_of_somebody_else":             {"smtps://", func(s *smtptest.Server) { s.TLS, s.Implicit = offered, true }, nil, false},
		"a_password_under_TLS":             {"smtp://me:hush@", func(s *smtptest.Server) { s.TLS, s.User, s.Password = offered, "me", "hush" }, roots, true},
		"a_wrong_password":                 {"smtp://me:hush@", func(s *smtptest.Server) { s.TLS, s.User, s.Password = offered, "me", "other" }, roots, false},
		"a_password_in_the_clear":          {"smtp://me:hush@", func(s *smtptest.Server) { s.User, s.Password = "me", "hush" }, roots, false},
		"a_password_that_nobody_was_given": {"smtp://", func(s *smtptest.Server) { s.TLS, s.User, s.Password = offered, "me", "hush" }, roots, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := smtptest.New(t)
			c.adjust(server)
			server.Start(t)
			err := post(t, c.scheme+server.Addr(), c.roots).Send(t.Context(), letter())
			switch {
			case c.sent != (err == nil):
				t.Fatalf("got %v", err)
			case !c.sent && (server.Waiting() != 0 || strings.Contains(err.Error(), "hush") || errors.Is(err, identity.ErrUndeliverable)):
				t.Errorf("%d mails, %v", server.Waiting(), err)
			case c.sent && !server.Next(t).Secure:
				t.Error("it came in the clear")
			}
		})
	}
}

func TestOnlyARefusalForGoodOfThisMailIsUndeliverable(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		verb, answer string
		forGood      bool
	}{
		"no_such_mailbox":  {"RCPT", "550 5.1.1 <ines@fernway.example>: no such mailbox", true},
		"a_full_mailbox":   {"RCPT", "452 4.2.2 <ines@fernway.example>: full", false},
		"greylisting":      {"RCPT", "450 4.7.1 <ines@fernway.example>: try later", false},
		"a_refused_mail":   {".", "554 5.7.1 the mail of ines@fernway.example is spam", true},
		"a_busy_server":    {".", "451 4.3.0 busy", false},
		"a_refused_sender": {"MAIL", "550 5.7.1 not from you, to ines@fernway.example", false},
		"no_data_just_now": {"DATA", "421 4.3.2 going down", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := smtptest.New(t)
			server.Refuse = map[string]string{c.verb: c.answer}
			server.Start(t)
			err := post(t, server.URL(), nil).Send(t.Context(), letter())
			if err == nil || errors.Is(err, identity.ErrUndeliverable) != c.forGood {
				t.Fatalf("got %v", err)
			}
			if strings.Contains(err.Error(), "fernway") || strings.Contains(err.Error(), "s3cret") || !strings.Contains(err.Error(), c.answer[:3]) {
				t.Errorf("it says %q", err)
			}
		})
	}
}

func TestMailThatWasTakenCountsAsSentThoughTheGoodbyeFails(t *testing.T) {
	t.Parallel()
	server := smtptest.New(t)
	server.Refuse = map[string]string{"RSET": "421 4.3.2 going down"}
	server.Start(t)
	if err := post(t, server.URL(), nil).Send(t.Context(), letter()); err != nil {
		t.Errorf("it would be sent again: %v", err)
	}
	server.Next(t)
}

func TestAServerThatIsAwayIsToldWithoutTheLetter(t *testing.T) {
	t.Parallel()
	err := post(t, smtptest.New(t).URL(), nil).Send(t.Context(), letter())
	if err == nil || errors.Is(err, identity.ErrUndeliverable) || strings.Contains(err.Error(), "ines") {
		t.Errorf("got %v", err)
	}
}

func TestDevelopmentPrintsEachMailAndKeepsItAsAFile(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "mail")
	var out strings.Builder
	if err := mail.NewFolder(sender(), dir, &out).Send(context.Background(), letter()); err != nil {
		t.Fatal(err)
	}
	if said := out.String(); !strings.Contains(said, "mail to ines@fernway.example: Choose a new password") || !strings.Contains(said, "│ "+letter().Link) {
		t.Errorf("it prints:\n%s", said)
	}
	kept, err := os.Open(filepath.Join(dir, letter().ID.String()+".eml"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = kept.Close() }()
	message, err := netmail.ReadMessage(kept)
	if err != nil || message.Header.Get("To") != "<ines@fernway.example>" {
		t.Errorf("kept %v, %v", message, err)
	}
}

func TestServersOfSMTPURL(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]mail.Server{
		"smtps://me:hu%40sh@mail.example.org": {Host: "mail.example.org", Port: 465, User: "me", Password: "hu@sh", Security: mail.TLS},
		"smtps://mail.example.org:2465":       {Host: "mail.example.org", Port: 2465, Security: mail.TLS},
		"smtp://me:hush@mail.example.org":     {Host: "mail.example.org", Port: 587, User: "me", Password: "hush", Security: mail.StartTLS},
		"smtp://mail:1025?starttls=no":        {Host: "mail", Port: 1025, Security: mail.Clear},
		"smtp://[::1]?starttls=no":            {Host: "::1", Port: 25, Security: mail.Clear},
	} {
		var got mail.Server
		if err := got.UnmarshalText([]byte(raw)); err != nil || got != want {
			t.Errorf("%s: %+v, %v", raw, got, err)
		}
	}
	for _, raw := range []string{
		"mail.example.org", "http://mail.example.org", "smtp://", "smtp://me@mail", "smtp://:hush@mail", "smtp://me:hush@mail?starttls=no", "smtp://mail?starttls=maybe",
		"smtps://mail?starttls=no", "smtp://mail/inbox", "smtp://mail:port", "smtp://mail:70000", "smtp://mail#x", "smtp:mail",
	} {
		var got mail.Server
		if err := got.UnmarshalText([]byte(raw)); err == nil || strings.Contains(err.Error(), "hush@") {
			t.Errorf("%s: %+v, %v", raw, got, err)
		}
	}
}
