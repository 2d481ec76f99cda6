package fakeidp

import "slices"

// Person is somebody whom the provider knows.
type Person struct {
	Subject       string // sub; required
	Email         string // left out of answers when empty, and so are the others
	EmailVerified any    // true, false or, as some write it, "true"; left out when nil
	Name          string
	Picture       string
	HostedDomain  string // Google's hd
	GitHub        GitHubPerson
}

// GitHubPerson is how GitHub tells of the same person.
type GitHubPerson struct {
	ID     int64  // 0: as if GitHub said 0
	Login  string // their name there
	Email  string // the public one of the profile, which nobody has verified
	Emails []GitHubEmail
}

// GitHubEmail is an entry of /user/emails.
type GitHubEmail struct {
	Email    string `json:"email"`
	Primary  bool   `json:"primary"`
	Verified bool   `json:"verified"`
}

// People are the usual ones: somebody with a verified e-mail, somebody whose e-mail isn't verified, and somebody
// without any.
func People() []Person {
	return []Person{
		{
			Subject: "100000000000000000001", Email: "ines@example.org", EmailVerified: true, Name: "Ines Moreau", HostedDomain: "example.org",
			GitHub: GitHubPerson{ID: 1001, Login: "ines", Emails: []GitHubEmail{{Email: "ines@example.org", Primary: true, Verified: true}}},
		},
		{
			Subject: "100000000000000000002", Email: "tomas@example.org", EmailVerified: false, Name: "Tomas Reyes",
			GitHub: GitHubPerson{ID: 1002, Login: "tomas", Emails: []GitHubEmail{{Email: "tomas@example.org", Primary: true}}},
		},
		{
			Subject: "100000000000000000003", Name: "Wren Okafor",
			GitHub: GitHubPerson{ID: 1003, Login: "wren"},
		},
	}
}

// SetPerson makes the provider know a person, or know them differently: the subject tells who it is.
func (s *Server) SetPerson(p Person) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := slices.IndexFunc(s.people, func(known Person) bool { return known.Subject == p.Subject })
	if at < 0 {
		s.people = append(slices.Clone(s.people), p)
		return
	}
	s.people = slices.Clone(s.people)
	s.people[at] = p
}

func (s *Server) person(subject string) (Person, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := slices.IndexFunc(s.people, func(known Person) bool { return known.Subject == subject })
	if at < 0 {
		return Person{}, false
	}
	return s.people[at], true
}

// claims is what id_tokens and userinfo tell of the person.
func (p Person) claims() map[string]any {
	claims := map[string]any{"sub": p.Subject}
	for name, value := range map[string]string{"email": p.Email, "name": p.Name, "picture": p.Picture, "hd": p.HostedDomain} {
		if value != "" {
			claims[name] = value
		}
	}
	if p.EmailVerified != nil {
		claims["email_verified"] = p.EmailVerified
	}
	return claims
}
