package welcome

import (
	"net/url"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/ui"
)

// form is what the pages show.
type form struct {
	ui.Failure // of the page's only form

	Host                              string // that people know this Cardwall by
	Doors                             []door
	Mode                              identity.SignUpMode
	PasswordTakes                     func(invitation string) bool // whether a password is for who brings that
	Name, Email, ReturnTo, Invitation string
	Token                             string // the secret of the link that led here
	Changes                           bool   // the e-mail that it confirms is another than the account's
}

// takesNew reports whether the page offers to sign up.
func (f form) takesNew() bool {
	return f.takesPassword() || len(f.Doors) > 0 && (f.Mode == identity.SignUpOpen || f.Mode == identity.SignUpInvite && f.Invitation != "")
}

// takesPassword reports whether it offers to do so with a password.
func (f form) takesPassword() bool {
	return f.PasswordTakes(f.Invitation)
}

// signUpTitle is the page's, for whoever may sign up there or not.
func (f form) signUpTitle() string {
	switch {
	case f.takesNew():
		return "Create an account"
	case f.Mode != identity.SignUpClosed:
		return "By invitation only"
	default:
		return "Sign-up is closed"
	}
}

// noEntry is what somebody new reads here who can't sign up.
func (f form) noEntry() string {
	if f.Mode != identity.SignUpClosed {
		return "This Cardwall takes new people by invitation. Ask whoever runs it for one, and follow its link."
	}
	return "This Cardwall takes no new people. If you think it should, ask whoever runs it."
}

// fault is the sentence about one field, or "".
func (f form) fault(field string) string { return f.Fault(f.Form, field) }

// alert is the reason when no field says it already.
func (f form) alert() string { return f.Alert(f.Form, "name", "email", "password") }

// begins reports whether somebody who signs up goes on at a field: the first that is wrong, or was left empty.
func (f form) begins(field string) bool {
	switch {
	case f.fault("name") != "" || f.Name == "":
		return field == "name"
	case f.fault("email") != "" || f.Email == "":
		return field == "email"
	default:
		return field == "password"
	}
}

// other is the address of the other form, with the same way on.
func (f form) other(path string) string { return address(path, f) }

// address is a path with what must not get lost on the way.
func address(path string, f form) string {
	query := url.Values{}
	if f.ReturnTo != "" {
		query.Set("return_to", f.ReturnTo)
	}
	if f.Invitation != "" {
		query.Set("invitation", f.Invitation)
	}
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}
