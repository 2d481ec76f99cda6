package identity

import "testing"

func TestNobodyCanJoinWithoutTheMailsThatInvitationsAre(t *testing.T) {
	t.Parallel()
	domains, providers := []string{"fernway.example"}, []Provider{nil}
	for name, c := range map[string]struct {
		config Config
		nobody bool
	}{
		"open":                                      {Config{}, false},
		"closed, which means it":                    {Config{SignUp: SignUpRules{Mode: SignUpClosed, Domains: domains}}, false},
		"domains, no way to show one":               {Config{SignUp: SignUpRules{Mode: SignUpOpen, Domains: domains}}, true},
		"domains, and a provider":                   {Config{SignUp: SignUpRules{Domains: domains}, Providers: providers}, false},
		"domains, and mails":                        {Config{SignUp: SignUpRules{Domains: domains}, Post: noPost{}}, false},
		"invitations that can't be sent":            {Config{SignUp: SignUpRules{Mode: SignUpInvite}, Providers: providers}, true},
		"invitations":                               {Config{SignUp: SignUpRules{Mode: SignUpInvite}, Post: noPost{}}, false},
		"invitations to domains that can't be sent": {Config{SignUp: SignUpRules{Mode: SignUpInvite, Domains: domains}, Providers: providers}, true},
	} {
		if got := New(c.config).NobodyCanJoin(); got != c.nobody {
			t.Errorf("%s: %v", name, got)
		}
	}
}

type noPost struct{ Post }
