package rest_test

import (
	"net/http"
	"testing"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// mailed makes the secret for one attempt to mail the invitation as it was sent.
func (i invited) mailed(t *testing.T) kanbanapi.InvitationKey {
	t.Helper()
	return secretKey(must(i.ada.SealInvitationMail(t.Context(), i.ID, i.Id, i.SentAt))(t))
}

func secretKey(sealed kanbanapi.SealedInvitation) kanbanapi.InvitationKey {
	return kanbanapi.InvitationKey{Secret: &sealed.Secret}
}

// The mail server is away; an owner makes a link and passes it on. What the mail's next attempts do leaves that link alone, and what an attempt before
// may have brought. One of them all is used.
func TestAMailThatIsTriedAgainEndsNoLinkThatIsOut(t *testing.T) {
	t.Parallel()
	a := setup(t)
	i := a.invited(t)
	byHand := i.bySecret()
	first, second := i.mailed(t), i.mailed(t)
	for _, key := range []kanbanapi.InvitationKey{byHand, first, second} {
		must(i.eve.FindInvitation(t.Context(), key))(t)
	}
	must(i.eve.AcceptInvitation(t.Context(), first))(t)
	for _, key := range []kanbanapi.InvitationKey{byHand, first, second} {
		wantProblem(t, refusalOf(i.grace.AcceptInvitation(t.Context(), key)), problem.NotFound, "invitation_over")
	}
}

// A link that is made by hand takes the place of all that are out.
func TestALinkMadeByHandEndsThoseBefore(t *testing.T) {
	t.Parallel()
	a := setup(t)
	i := a.invited(t)
	mailed, byHand := i.mailed(t), i.bySecret()
	anew := secretKey(must(i.ada.SealInvitation(t.Context(), i.ID, i.Id))(t))
	for _, key := range []kanbanapi.InvitationKey{mailed, byHand} {
		wantProblem(t, refusalOf(i.eve.FindInvitation(t.Context(), key)), problem.NotFound, "invitation_over")
	}
	must(i.eve.FindInvitation(t.Context(), anew))(t)
}

// A mail that comes late is one too many, once its invitation has been sent anew.
func TestTheMailOfAnInvitationThatWasSentAnewSinceIsNotMade(t *testing.T) {
	t.Parallel()
	a := setup(t)
	i := a.invited(t)
	mailed := i.mailed(t)
	a.exec(t, `UPDATE invitations SET invited_at = now() - interval '2 minutes'`)
	renewed := must(i.ada.RenewInvitation(t.Context(), i.ID, i.Id))(t)
	wantProblem(t, refusalOf(i.ada.SealInvitationMail(t.Context(), i.ID, i.Id, i.SentAt)), problem.NotFound, "invitation_over")
	wantProblem(t, refusalOf(i.eve.FindInvitation(t.Context(), mailed)), problem.NotFound, "invitation_over")
	must(i.eve.FindInvitation(t.Context(), secretKey(must(i.ada.SealInvitationMail(t.Context(), i.ID, i.Id, renewed.SentAt))(t))))(t)
}

func TestAnInvitationHasSoManyLinksAndNoMore(t *testing.T) {
	t.Parallel()
	a := setup(t)
	i := a.invited(t)
	first := i.mailed(t)
	for range 20 {
		i.mailed(t)
	}
	var links int
	if err := a.pool.QueryRow(t.Context(), `SELECT count(*) FROM invitation_secrets`).Scan(&links); err != nil || links != 20 {
		t.Errorf("%d links, %v", links, err)
	}
	wantProblem(t, refusalOf(i.eve.FindInvitation(t.Context(), first)), problem.NotFound, "invitation_over")
}

func TestTheTimeOfAMailIsOne(t *testing.T) {
	t.Parallel()
	i := setup(t).invited(t)
	path := "/v1/boards/" + i.ID.String() + "/invitations/" + i.Id.String() + "/secret?mail_of="
	for _, at := range []string{"", "now", "2026-02-30T08:00:00Z", "2026-11-22", "2026-11-22T08:00:00"} {
		if res, body := i.ada.send(t, "POST", path+at, ""); res.StatusCode != http.StatusBadRequest {
			t.Errorf("%q: %d %s", at, res.StatusCode, body)
		}
	}
}
