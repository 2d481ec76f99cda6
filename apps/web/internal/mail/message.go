package mail

import (
	"bytes"
	"context"
	"fmt"
	"net/mail"
	"net/url"

	gomail "github.com/wneessen/go-mail"

	"cardwall/apps/web/internal/identity"
)

// Sender is who the letters come from.
type Sender struct {
	From mail.Address // MAIL_FROM
	Site *url.URL     // PUBLIC_URL
}

// compose makes the message of a letter. Its Message-ID is the same at every attempt, so that a mail that arrived
// twice can be told for one. What can't be composed is undeliverable: another attempt would find the same letter.
func (s Sender) compose(ctx context.Context, l identity.Letter) (*gomail.Msg, words, error) {
	w := wordsFor(l, s.Site.String())
	to, err := mail.ParseAddress(l.To)
	if err != nil || to.Name != "" || to.Address != l.To {
		return nil, w, fmt.Errorf("%w: the recipient is no address", identity.ErrUndeliverable)
	}
	var html bytes.Buffer
	if err := letter(w).Render(ctx, &html); err != nil {
		return nil, w, fmt.Errorf("%w: the HTML part can't be rendered", identity.ErrUndeliverable)
	}
	message := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	message.FromMailAddress(&s.From)
	message.ToMailAddress(to)
	message.Subject(w.Subject)
	message.SetDate()
	message.SetMessageIDWithValue(l.ID.String() + "@" + s.Site.Hostname())
	message.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834 §5: no holiday notice answers
	message.SetBodyString(gomail.TypeTextPlain, w.text())
	message.AddAlternativeString(gomail.TypeTextHTML, html.String())
	return message, w, nil
}
