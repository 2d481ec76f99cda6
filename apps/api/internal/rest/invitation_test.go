package rest_test

import (
	"strings"
	"sync"
	"testing"

	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// invited is a board with an invitation to grace@example.org, whose secret is known, and two who aren't on it.
type invited struct {
	crew
	kanbanapi.Invitation
	secret string
	grace  *person // whose e-mail that is, verified
}

func (a *api) invited(t *testing.T) invited {
	t.Helper()
	i := invited{crew: a.crew(t), grace: a.person(t, "Grace")}
	i.grace.EmailVerified = true
	i.Invitation = must(i.ada.Invite(t.Context(), i.ID, kanbanapi.NewInvitation{Email: "Grace@Example.org", Role: kanbanapi.Editor}))(t)
	i.secret = must(i.ada.SealInvitation(t.Context(), i.ID, i.Id))(t).Secret
	return i
}

func (i invited) byID() kanbanapi.InvitationKey { return kanbanapi.InvitationKey{Id: &i.Id} }
func (i invited) bySecret() kanbanapi.InvitationKey {
	return kanbanapi.InvitationKey{Secret: &i.secret}
}

func TestAnInvitationIsAcceptedOnceByEMailOrBySecret(t *testing.T) {
	t.Parallel()
	for name, accept := range map[string]func(invited) (*person, kanbanapi.InvitationKey){
		"by_the_verified_e_mail":      func(i invited) (*person, kanbanapi.InvitationKey) { return i.grace, i.byID() },
		"by_the_secret":               func(i invited) (*person, kanbanapi.InvitationKey) { return i.eve, i.bySecret() },
		"by_the_secret_and_their_own": func(i invited) (*person, kanbanapi.InvitationKey) { return i.grace, i.bySecret() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := setup(t)
			i := a.invited(t)
			who, key := accept(i)
			if mine := must(i.grace.MyInvitations(t.Context()))(t).Items; len(mine) != 1 || mine[0].BoardTitle != "Garden" || mine[0].By.Name != "Ada" {
				t.Errorf("Grace has %+v", mine)
			}
			if found := must(who.FindInvitation(t.Context(), key))(t); found.BoardTitle != "Garden" || found.Role != kanbanapi.Editor {
				t.Errorf("found %+v", found)
			}
			if joined := must(who.AcceptInvitation(t.Context(), key))(t); joined.BoardId != i.ID || joined.Seq != a.seq(t, i.ID) {
				t.Errorf("%+v", joined)
			}
			if got := i.roles(t, who); got != "Ada owner, Bob editor, Vic viewer, "+who.Name+" editor" {
				t.Error(got)
			}
			told := must(i.vic.Activity(t.Context(), i.ID, 0, 100))(t).Items
			if last := told[len(told)-1]; last.Verb != kanbanapi.MemberJoined || last.Actor.Id != who.ID {
				t.Errorf("told as %+v", last)
			}
			for _, activity := range told {
				if text := asJSON(t, activity); strings.Contains(strings.ToLower(text), "grace@") {
					t.Errorf("an activity has the e-mail: %s", text)
				}
			}
			for _, again := range []*person{i.grace, i.eve, i.bob, a.person(t, "Mallory")} {
				if again == who {
					continue
				}
				wantProblem(t, refusalOf(again.AcceptInvitation(t.Context(), i.bySecret())), problem.NotFound, "invitation_over")
				wantProblem(t, refusalOf(again.AcceptInvitation(t.Context(), i.byID())), problem.NotFound, "invitation_over")
			}
			if waiting := must(i.ada.Invitations(t.Context(), i.ID))(t).Items; len(waiting) != 0 {
				t.Errorf("there waits %+v", waiting)
			}
		})
	}
}

func TestAnInvitationIsForNobodyElse(t *testing.T) {
	t.Parallel()
	a := setup(t)
	i := a.invited(t)
	squatter, wrong, empty := a.person(t, "Grace"), "A"+i.secret[1:], a.person(t, "Nameless")
	empty.Email, empty.EmailVerified = "", true
	if wrong == i.secret {
		wrong = "B" + i.secret[1:]
	}
	for name, err := range map[string]error{
		"by_an_e_mail_that_is_not_verified": refusalOf(squatter.AcceptInvitation(t.Context(), i.byID())),
		"by_no_e_mail":                      refusalOf(empty.AcceptInvitation(t.Context(), i.byID())),
		"by_a_stranger":                     refusalOf(i.eve.FindInvitation(t.Context(), i.byID())),
		"by_another_secret":                 refusalOf(i.eve.AcceptInvitation(t.Context(), kanbanapi.InvitationKey{Secret: &wrong})),
		"by_no_invitations_id":              refusalOf(i.grace.FindInvitation(t.Context(), kanbanapi.InvitationKey{Id: newID()})),
		"declined_by_a_stranger":            i.eve.DeclineInvitation(t.Context(), i.byID()),
	} {
		t.Run(name, func(t *testing.T) { wantProblem(t, err, problem.NotFound, "invitation_over") })
	}
	if mine := must(squatter.MyInvitations(t.Context()))(t).Items; len(mine) != 0 {
		t.Errorf("who hasn't verified the e-mail has %+v", mine)
	}
}

func TestAnInvitationThatIsOverLeadsNowhere(t *testing.T) {
	t.Parallel()
	for name, ends := range map[string]func(*testing.T, *api, invited){
		"withdrawn": func(t *testing.T, _ *api, i invited) { must(i.ada.WithdrawInvitation(t.Context(), i.ID, i.Id))(t) },
		"declined": func(t *testing.T, _ *api, i invited) {
			if err := i.grace.DeclineInvitation(t.Context(), i.byID()); err != nil {
				t.Fatal(err)
			}
		},
		"expired":       func(t *testing.T, a *api, _ invited) { a.exec(t, `UPDATE invitations SET expires_at = now()`) },
		"board_deleted": func(t *testing.T, _ *api, i invited) { must(i.ada.DeleteBoard(t.Context(), i.ID, 1))(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := setup(t)
			i := a.invited(t)
			ends(t, a, i)
			for _, key := range []kanbanapi.InvitationKey{i.byID(), i.bySecret()} {
				wantProblem(t, refusalOf(i.grace.FindInvitation(t.Context(), key)), problem.NotFound, "invitation_over")
				wantProblem(t, refusalOf(i.grace.AcceptInvitation(t.Context(), key)), problem.NotFound, "invitation_over")
			}
			if mine := must(i.grace.MyInvitations(t.Context()))(t).Items; len(mine) != 0 {
				t.Errorf("Grace has %+v", mine)
			}
		})
	}
}

// Sent again, an invitation lives on, but the link that went out before doesn't.
func TestAnInvitationSentAgainHasAnotherSecret(t *testing.T) {
	t.Parallel()
	a := setup(t)
	i := a.invited(t)
	a.exec(t, `UPDATE invitations SET invited_at = now() - interval '40 seconds'`)
	wantProblem(t, refusalOf(i.ada.RenewInvitation(t.Context(), i.ID, i.Id)), problem.TooMany, "invited_too_often")
	a.exec(t, `UPDATE invitations SET invited_at = now() - interval '20 days', expires_at = now() - interval '6 days'`)
	if waiting := must(i.ada.Invitations(t.Context(), i.ID))(t).Items; len(waiting) != 1 || !waiting[0].Over {
		t.Errorf("%+v", waiting)
	}
	if renewed := must(i.ada.RenewInvitation(t.Context(), i.ID, i.Id))(t); renewed.Over || renewed.ExpiresAt.Sub(renewed.SentAt).Hours() != 14*24 {
		t.Errorf("%+v", renewed)
	}
	wantProblem(t, refusalOf(i.eve.FindInvitation(t.Context(), i.bySecret())), problem.NotFound, "invitation_over")
	i.secret = must(i.ada.SealInvitation(t.Context(), i.ID, i.Id))(t).Secret
	must(i.eve.AcceptInvitation(t.Context(), i.bySecret()))(t)
}

func TestTwoWhoAcceptOneInvitationAtOnce(t *testing.T) {
	t.Parallel()
	a := setup(t)
	i := a.invited(t)
	var both sync.WaitGroup
	errs := make([]error, 2)
	for n, who := range []*person{i.grace, i.eve} {
		both.Go(func() { errs[n] = refusalOf(who.AcceptInvitation(t.Context(), i.bySecret())) })
	}
	both.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Errorf("%v", errs)
	}
}

func TestOnlyTheHashOfASecretIsKeptAndNoLogHasOne(t *testing.T) {
	t.Parallel()
	a := setup(t)
	i := a.invited(t)
	must(i.eve.FindInvitation(t.Context(), i.bySecret()))(t)
	var dump string
	if err := a.pool.QueryRow(t.Context(), `SELECT string_agg(i::text, '') || (SELECT string_agg(a::text, '') FROM activity a) || (SELECT string_agg(s::text, '') FROM invitation_secrets s)
		FROM invitations i`).Scan(&dump); err != nil {
		t.Fatal(err)
	}
	if len(i.secret) < 43 || strings.Contains(dump, i.secret) || strings.Contains(a.log.String(), i.secret) {
		t.Errorf("the secret %q is somewhere", i.secret)
	}
}

func TestInvitationsAreForOwners(t *testing.T) {
	t.Parallel()
	a := setup(t)
	i := a.invited(t)
	for who, code := range map[*person]string{i.bob: "owners_only", i.vic: "", i.eve: "board_not_found"} {
		for _, err := range []error{
			refusalOf(who.Invitations(t.Context(), i.ID)),
			refusalOf(who.Invite(t.Context(), i.ID, kanbanapi.NewInvitation{Email: "x@example.org", Role: kanbanapi.Viewer})),
			refusalOf(who.WithdrawInvitation(t.Context(), i.ID, i.Id)),
			refusalOf(who.RenewInvitation(t.Context(), i.ID, i.Id)),
			refusalOf(who.SealInvitation(t.Context(), i.ID, i.Id)),
		} {
			if got := problem.From(err).Code; got != code && (code != "" || (got != "read_only" && got != "owners_only")) {
				t.Errorf("%s: %v", who.Name, err)
			}
		}
	}
	elsewhere := i.eve.wall(t)
	wantProblem(t, refusalOf(i.eve.SealInvitation(t.Context(), elsewhere.ID, i.Id)), problem.NotFound, "invitation_over")
	wantProblem(t, refusalOf(i.eve.WithdrawInvitation(t.Context(), elsewhere.ID, i.Id)), problem.NotFound, "invitation_over")
}

func TestInvitationsAreBounded(t *testing.T) {
	t.Parallel()
	a := setup(t)
	i := a.invited(t)
	invite := func(email string) error {
		return refusalOf(i.ada.Invite(t.Context(), i.ID, kanbanapi.NewInvitation{Email: email, Role: kanbanapi.Viewer}))
	}
	wantProblem(t, invite(" GRACE@example.org "), problem.Conflict, "invited_already")
	for _, email := range []string{"", "grace", "a b@example.org", "Grace <grace@example.org>", "a@example.org,b@example.org", "a@b\r\nBcc: c@d", strings.Repeat("a", 250) + "@example.org"} {
		wantProblem(t, invite(email), problem.Invalid, "validation_failed")
	}
	a.exec(t, `INSERT INTO invitations (board_id, id, email, email_key, role, invited_by, expires_at)
		SELECT $1, gen_random_uuid(), n || '-x@example.org', gen_random_uuid()::text, 'viewer', $2, now() FROM generate_series(1, 49) n`, i.ID, i.ada.ID)
	wantProblem(t, invite("another@example.org"), problem.Conflict, "too_many_invitations")
}

func TestWhoeverIsOnTheBoardStaysAsTheyAre(t *testing.T) {
	t.Parallel()
	a := setup(t)
	i := a.invited(t)
	before := a.seq(t, i.ID)
	must(i.vic.AcceptInvitation(t.Context(), i.bySecret()))(t)
	if got, now := i.roles(t, i.ada), a.seq(t, i.ID); got != "Ada owner, Bob editor, Vic viewer" || now != before {
		t.Errorf("%s, from %d to %d", got, before, now)
	}
	must(i.grace.AcceptInvitation(t.Context(), i.bySecret()))(t)
}
