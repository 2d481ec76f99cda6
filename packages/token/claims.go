package token

import (
	"cmp"

	"github.com/golang-jwt/jwt/v5"
)

// signedClaims are the claims as the Minter writes them (RFC 7519 §4.1, OpenID Connect Core §5.1).
type signedClaims struct {
	Issuer        string `json:"iss"`
	Audience      string `json:"aud"`
	Subject       string `json:"sub"`
	SessionID     string `json:"sid"`
	Email         string `json:"email"`
	EmailVerified bool   `json:"email_verified"`
	Name          string `json:"name"`
	Picture       string `json:"picture"`
	IssuedAt      int64  `json:"iat"`
	NotBefore     int64  `json:"nbf"`
	ExpiresAt     int64  `json:"exp"`
	ID            string `json:"jti"`
}

// claims are the claims as the Verifier reads them; it is a jwt.Claims.
type claims struct {
	issuer, subject            string
	audience                   jwt.ClaimStrings
	expires, notBefore, issued *jwt.NumericDate
	sessionID, email           string
	name, picture              string
	emailVerified              bool
}

// UnmarshalJSON reads the claims by their exact names: encoding/json alone would take "SUB" for "sub"
// and the last of two.
func (c *claims) UnmarshalJSON(data []byte) error {
	m, err := readMembers(data)
	if err != nil {
		return err
	}
	return cmp.Or(
		m.read("iss", &c.issuer), m.read("sub", &c.subject), m.read("aud", &c.audience),
		m.date("exp", &c.expires), m.date("nbf", &c.notBefore), m.date("iat", &c.issued),
		m.read("sid", &c.sessionID), m.read("email", &c.email), m.read("email_verified", &c.emailVerified),
		m.read("name", &c.name), m.read("picture", &c.picture),
	)
}

func (c *claims) GetExpirationTime() (*jwt.NumericDate, error) { return c.expires, nil }
func (c *claims) GetNotBefore() (*jwt.NumericDate, error)      { return c.notBefore, nil }
func (c *claims) GetIssuedAt() (*jwt.NumericDate, error)       { return c.issued, nil }
func (c *claims) GetAudience() (jwt.ClaimStrings, error)       { return c.audience, nil }
func (c *claims) GetIssuer() (string, error)                   { return c.issuer, nil }
func (c *claims) GetSubject() (string, error)                  { return c.subject, nil }
