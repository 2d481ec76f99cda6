package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"time"

	gomail "github.com/wneessen/go-mail"

	"cardwall/apps/web/internal/identity"
)

const smtpTimeout = 15 * time.Second // for each step of the conversation

// SMTP sends letters to a mail server, a connection for each.
type SMTP struct {
	sender Sender
	client *gomail.Client
}

// NewSMTP makes the post of a server. roots is nil for the machine's own authorities.
func NewSMTP(s Sender, server Server, roots *tls.Config) (*SMTP, error) {
	options := []gomail.Option{gomail.WithPort(server.Port), gomail.WithTimeout(smtpTimeout), gomail.WithHELO(s.Site.Hostname())}
	switch server.Security {
	case TLS:
		options = append(options, gomail.WithSSL())
	case StartTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	}
	if roots != nil {
		trusted := roots.Clone()
		trusted.ServerName = server.Host
		options = append(options, gomail.WithTLSConfig(trusted))
	}
	if server.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(server.User), gomail.WithPassword(server.Password))
	}
	client, err := gomail.NewClient(server.Host, options...)
	return &SMTP{sender: s, client: client}, err
}

// Send hands a letter to the server; see identity.Post. Once the server has taken it, it counts as sent, whatever goes
// wrong in saying goodbye: another attempt would be a second mail.
func (s *SMTP) Send(ctx context.Context, l identity.Letter) error {
	message, _, err := s.sender.compose(ctx, l)
	if err != nil {
		return err
	}
	if err := s.client.DialAndSendWithContext(ctx, message); err != nil && !message.IsDelivered() {
		return discreet(err)
	}
	return nil
}

// discreet says why a mail wasn't sent in words of ours: a server's own quote addresses, and may quote the mail. A
// refusal for good of this recipient or this mail is undeliverable (RFC 5321 §4.2.1: 5yz); one of the sender or of the
// sign-in is the operator's to mend, and is tried again.
func discreet(err error) error {
	var refused *gomail.SendError
	if !errors.As(err, &refused) {
		return unreachable(err)
	}
	said := fmt.Sprintf("the mail server answered %d %s at %q", refused.ErrorCode(), refused.EnhancedStatusCode(), refused.Reason)
	final := refused.Reason == gomail.ErrSMTPRcptTo || refused.Reason == gomail.ErrSMTPDataClose || refused.Reason == gomail.ErrSMTPData
	if final && refused.ErrorCode()/100 == 5 {
		return fmt.Errorf("%w: %s", identity.ErrUndeliverable, said)
	}
	return errors.New(said)
}

// unreachable is for what went wrong before there was a mail to speak of. It tells what the network or TLS said; what
// the server said may be anything.
func unreachable(err error) error {
	var network *net.OpError
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return errors.New("the mail server took too long")
	case errors.As(err, &network):
		return fmt.Errorf("the mail server can't be reached: %w", network)
	case errors.As(err, &certificate):
		return fmt.Errorf("the mail server's certificate isn't trusted: %w", certificate)
	default:
		return errors.New("the mail server refused the connection, TLS or the sign-in: look at SMTP_URL and at its log")
	}
}
