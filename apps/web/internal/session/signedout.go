package session

import "cardwall/packages/problem"

// SignedOut is what a request gets that needs a session and has none: problem.Unauthenticated "signed_out".
func SignedOut() error {
	return problem.New(problem.Unauthenticated, "signed_out", "You are signed out. Please sign in and try again.")
}
