package e2e_test

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"slices"
	"strings"
	"sync"
	"testing"

	"cardwall/apps/web/internal/mail/smtptest"
	"cardwall/packages/postgres/pgtest"
)

// posted runs a stack whose mails go to a mail server of the test's.
func posted(t *testing.T, variables ...string) (*stack, *mailbox) {
	t.Helper()
	box := &mailbox{server: smtptest.New(t).Start(t)}
	variables = append(variables, "SMTP_URL", box.server.URL(), "MAIL_FROM", "Cardwall <cardwall@fernway.example>")
	return deploy(t, pgtest.Server(t), "", variables...), box
}

// mailbox is everybody's: what comes is kept until somebody asks for theirs.
type mailbox struct {
	server *smtptest.Server
	mu     sync.Mutex
	kept   []smtptest.Received
}

// letter waits for a mail to somebody, and opens it.
func (m *mailbox) letter(t *testing.T, to, subject string) letter {
	t.Helper()
	m.mu.Lock()
	defer m.mu.Unlock()
	at := -1
	eventually(t, "“"+subject+"” comes to "+to, func() bool {
		for m.server.Waiting() > 0 {
			m.kept = append(m.kept, m.server.Next(t))
		}
		at = slices.IndexFunc(m.kept, func(mail smtptest.Received) bool {
			return mail.To == to && mail.Message.Header.Get("Subject") == subject
		})
		return at >= 0
	})
	found := m.kept[at]
	m.kept = slices.Delete(m.kept, at, at+1)
	return opened(t, found)
}

// letter is a mail as its reader shows it.
type letter struct{ HTML, Link string }

// opened reads the HTML, and the link that stands in the text on a line of its own.
func opened(t *testing.T, mail smtptest.Received) (l letter) {
	t.Helper()
	_, params, err := mime.ParseMediaType(mail.Message.Header.Get("Content-Type"))
	parts := multipart.NewReader(mail.Message.Body, params["boundary"])
	for err == nil {
		var part *multipart.Part
		if part, err = parts.NextPart(); err != nil {
			break
		}
		content := string(must(io.ReadAll(part))(t))
		if strings.HasPrefix(part.Header.Get("Content-Type"), "text/html") {
			l.HTML = content
			continue
		}
		for line := range strings.Lines(content) {
			if strings.Contains(line, "?") && strings.HasPrefix(line, "http") {
				l.Link = strings.TrimSpace(line)
			}
		}
	}
	if !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	return l
}

// read shows a letter, on a page that is not web's: what follows from there comes from another site.
func (v *visitor) read(l letter) {
	v.t.Helper()
	v.leaving(func() { v.do(v.page.Navigate("about:blank")) })
	v.do(v.page.SetDocumentContent(l.HTML))
}

// openLink goes where a letter's button leads.
func (v *visitor) openLink(l letter) {
	v.t.Helper()
	v.read(l)
	v.follow("a")
}
