package rest

// The pages that forms and buttons of /api/auth are on, as [FormFailure] names them. Others draw them.
const (
	SignInPage    = "/sign-in"
	SignUpPage    = "/sign-up"
	ForgottenPage = "/forgotten"
	ResetPage     = "/reset"
	VerifyPage    = "/verify"
	SentPage      = "/verify/sent" // where asking for another link leads, and comes back to when there is none
	AccountPage   = "/account"     // where linking begins
)

// Where a form leads that did its work.
const (
	forgottenSent = ForgottenPage + "/sent"
	resetDone     = ResetPage + "/done"
	verifyDone    = VerifyPage + "/done"
	linked        = AccountPage + "?done=link"
)
