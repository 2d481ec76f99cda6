package fakeidp

// Change lets a test rewrite what an endpoint answers in JSON, right before it is sent; nil ends that.
func (s *Server) Change(e Endpoint, change func(answer map[string]any)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.changes[e] = change
}

// ChangeIDToken lets a test rewrite the claims of the id_tokens before they are signed; nil ends that.
func (s *Server) ChangeIDToken(change func(claims map[string]any)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.claims = change
}

// SignWith chooses how id_tokens are signed from now on.
func (s *Server) SignWith(how Signature) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.signing = how
}

// ConsentAs makes the provider send whoever comes straight back as the person with that subject, without its page;
// "" shows the page again.
func (s *Server) ConsentAs(subject string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.consent = subject
}

// Honest ends every lie, failure and delay, and the consent that is given without asking.
func (s *Server) Honest() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.changes)
	clear(s.failures)
	clear(s.delays)
	s.claims, s.signing, s.consent, s.asking = nil, Rightly, "", Asks
}

func (s *Server) changed(e Endpoint, answer map[string]any) map[string]any {
	s.mu.Lock()
	change := s.changes[e]
	s.mu.Unlock()
	if change != nil {
		change(answer)
	}
	return answer
}
