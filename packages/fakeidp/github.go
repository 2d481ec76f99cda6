package fakeidp

import "net/http"

// gitHubUser is GitHub's GET /user.
func (s *Server) gitHubUser(w http.ResponseWriter, r *http.Request) {
	person, ok := s.bearer(github, r)
	if !ok {
		answerJSON(w, http.StatusUnauthorized, map[string]any{"message": "Bad credentials"})
		return
	}
	answerJSON(w, http.StatusOK, s.changed(GitHubUser, map[string]any{
		"id": person.GitHub.ID, "login": person.GitHub.Login, "email": orNull(person.GitHub.Email),
		"name": orNull(person.Name), "avatar_url": person.Picture,
	}))
}

// gitHubEmails is GitHub's GET /user/emails.
func (s *Server) gitHubEmails(w http.ResponseWriter, r *http.Request) {
	person, ok := s.bearer(github, r)
	if !ok {
		answerJSON(w, http.StatusUnauthorized, map[string]any{"message": "Bad credentials"})
		return
	}
	emails := person.GitHub.Emails
	if emails == nil {
		emails = []GitHubEmail{}
	}
	answerJSON(w, http.StatusOK, emails)
}

// orNull is how GitHub writes what somebody left empty.
func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}
