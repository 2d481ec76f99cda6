package rest

import (
	"testing"

	"cardwall/apps/web/internal/identity"
	"cardwall/packages/problem"
)

func TestWhatBecomesOfAFlowThatLeadsNowhere(t *testing.T) {
	t.Parallel()
	over := problem.New(problem.Invalid, "flow_over", "")
	refused := problem.New(problem.Unauthenticated, "provider_refused", "")
	signIn, link, linked := errand{}, errand{Purpose: identity.ToLink}, errand{Purpose: identity.ToLink, Linked: true}
	prove := errand{Purpose: identity.ToProve}
	for name, c := range map[string]struct {
		halt halt
		want outcome
	}{
		"used in another tab":                 {halt{why: over, errand: signIn, ours: true, signedIn: true}, ledOn},
		"used in another tab to link":         {halt{why: over, errand: linked, ours: true, signedIn: true}, ledOn},
		"used in another tab to prove":        {halt{why: over, errand: prove, ours: true, signedIn: true}, ledOn},
		"a link that was dropped":             {halt{why: over, errand: link, ours: true, signedIn: true}, linkDropped},
		"over, for a guest":                   {halt{why: over, errand: signIn, ours: true}, drawnAgain},
		"a link that is over, for a guest":    {halt{why: over, errand: link, ours: true}, turnedAway},
		"over, of another browser":            {halt{why: over, errand: signIn}, drawnAgain},
		"of another browser, for who is in":   {halt{why: over, signedIn: true}, turnedAway},
		"refused, for a guest":                {halt{why: refused, errand: signIn, ours: true}, drawnAgain},
		"a link that is refused":              {halt{why: refused, errand: link, ours: true, signedIn: true}, drawnAgain},
		"refused, for a program":              {halt{why: refused, errand: signIn, program: true}, toldAsProgram},
		"refused, for who is in by now":       {halt{why: refused, errand: signIn, ours: true, signedIn: true}, turnedAway},
		"a provider that is away":             {halt{why: problem.New(problem.Unavailable, "provider_away", ""), errand: signIn}, drawnAgain},
		"the database is away":                {halt{why: problem.New(problem.Unavailable, "database_away", ""), errand: signIn}, turnedAway},
		"the session ended while it was read": {halt{why: problem.New(problem.Unauthenticated, "signed_out", ""), errand: link, ours: true, signedIn: true}, turnedAway},
	} {
		if got := c.halt.outcome(); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}
