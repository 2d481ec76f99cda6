package account

import (
	"errors"
	"io"
	"net/http"

	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/ui"
	"cardwall/packages/problem"
)

func (h Handlers) changeName(w http.ResponseWriter, r *http.Request, self identity.Self) error {
	if err := ui.ReadForm(w, r); err != nil {
		return err
	}
	return h.Identity.ChangeName(r.Context(), self, r.PostForm.Get("name"))
}

func (h Handlers) changeEmail(w http.ResponseWriter, r *http.Request, self identity.Self) error {
	if err := ui.ReadForm(w, r); err != nil {
		return err
	}
	return h.Identity.ChangeEmail(r.Context(), self, identity.EmailChange{Email: r.PostForm.Get("email"), Password: r.PostForm.Get("email-password")})
}

func (h Handlers) sendVerification(_ http.ResponseWriter, r *http.Request, self identity.Self) error {
	return h.Identity.SendVerification(r.Context(), self)
}

func (h Handlers) setAvatar(_ http.ResponseWriter, r *http.Request, self identity.Self) error {
	file, err := readPicture(r)
	if err != nil {
		return err
	}
	return h.Identity.SetAvatar(r.Context(), self, file)
}

func (h Handlers) removeAvatar(_ http.ResponseWriter, r *http.Request, self identity.Self) error {
	return h.Identity.RemoveAvatar(r.Context(), self)
}

// restMax is how much of a picture that is too large is read nevertheless: a browser shows no answer before it has
// sent everything.
const restMax = 64 << 20

// readPicture reads the form's one file, and never more of it than a picture may have.
func readPicture(r *http.Request) ([]byte, error) {
	missing := problem.Validation(problem.Field{Field: "picture", Code: "required", Detail: "Choose a picture first."})
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, missing.Because(err)
	}
	part, err := parts.NextPart()
	if err != nil || part.FormName() != "picture" {
		return nil, missing.Because(err)
	}
	file, err := io.ReadAll(io.LimitReader(part, identity.AvatarFileMax+1))
	switch {
	case err != nil:
		return nil, problem.New(problem.Invalid, "form_unreadable", "The picture did not arrive in one piece. Please send it again.").Because(err)
	case len(file) > identity.AvatarFileMax:
		_, err := io.Copy(io.Discard, io.LimitReader(r.Body, restMax))
		return nil, identity.AvatarTooLarge().Because(errors.Join(errors.New("over 5 MB"), err))
	case len(file) == 0:
		return nil, missing
	}
	return file, nil
}
