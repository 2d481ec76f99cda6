package member

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/apitest"
	"cardwall/apps/web/internal/identity"
	"cardwall/apps/web/internal/session"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

var (
	adaID   = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a00")
	graceID = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a09")
	inviteA = uuid.MustParse("01990f3e-8a1c-7d4e-9b0a-5f6d3c2b1a0a")
	at2026  = time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
)

// mails sends none, and what goes to full@example.org is too much.
func mails(_ context.Context, to string, invite func() (identity.BoardMail, error)) error {
	if to == "full@example.org" {
		return problem.New(problem.TooMany, "too_many_tries", "Too many tries.")
	}
	_, err := invite()
	return err
}

// setup serves the pages on top of an api, to somebody whose session isn't told.
func setup(t *testing.T, role kanbanapi.Role, pairs ...any) (*apitest.API, apitest.Ask) {
	t.Helper()
	return serve(t, func(pages http.Handler) http.Handler { return pages }, role, pairs...)
}

// toAda serves them to Ada.
func toAda(t *testing.T, role kanbanapi.Role, pairs ...any) (*apitest.API, apitest.Ask) {
	t.Helper()
	return serve(t, func(pages http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			pages.ServeHTTP(w, r.WithContext(session.Into(r.Context(), session.Session{Person: session.Person{ID: adaID, Name: "Ada"}})))
		})
	}, role, pairs...)
}

func serve(t *testing.T, to func(http.Handler) http.Handler, role kanbanapi.Role, pairs ...any) (*apitest.API, apitest.Ask) {
	t.Helper()
	board := apitest.Garden()
	board.Role = role
	of, email := "/v1/boards/"+board.Id.String(), "ada@example.org"
	waiting := kanbanapi.Invitation{Id: inviteA, BoardId: board.Id, BoardTitle: "Garden", Email: "hedy@example.org", Role: kanbanapi.Viewer, By: kanbanapi.Actor{Id: graceID, Name: "Grace"}, SentAt: at2026, ExpiresAt: at2026}
	api := apitest.New(append([]any{
		"GET " + of, board,
		"GET " + of + "/members", kanbanapi.MemberList{Items: []kanbanapi.Member{
			{Id: adaID, Name: "Ada", Email: &email, Role: kanbanapi.Owner}, {Id: graceID, Name: "Grace", Role: kanbanapi.Editor},
		}},
		"GET " + of + "/invitations", kanbanapi.InvitationList{Items: []kanbanapi.Invitation{waiting}},
	}, pairs...)...)
	return api, apitest.Serve(t, api, func(client *kanbanapi.Client, mux *http.ServeMux) {
		h := Handlers{API: client, PublicURL: &url.URL{Scheme: "https", Host: "cardwall.example.org"}, Mail: mails}
		pages := http.NewServeMux()
		h.Register(pages)
		h.RegisterPublic(pages)
		mux.Handle("/", to(pages))
	})
}

func pagePath() string { return "/boards/" + apitest.GardenID.String() + "/members" }

func TestOwnersAreOfferedWhatOwnersDecideAndNobodyElse(t *testing.T) {
	t.Parallel()
	for role, want := range map[kanbanapi.Role]int{kanbanapi.Owner: 2, kanbanapi.Editor: 0, kanbanapi.Viewer: 0} {
		_, ask := setup(t, role)
		res, doc := ask("GET", pagePath(), "")
		if got := doc.Find("#members form[action$='/role']").Length(); res.StatusCode != 200 || got != want || doc.Find("#invite").Length() != min(want, 1) || doc.Find("#invitations").Length() != min(want, 1) {
			t.Errorf("%s: %d, %d roles to choose", role, res.StatusCode, got)
		}
		if text := doc.Find("#members").Text(); !strings.Contains(text, "Ada") || !strings.Contains(text, "Grace") {
			t.Errorf("%s reads %s", role, text)
		}
	}
}

func TestARefusedInvitationKeepsWhatWasTypedAndSaysWhy(t *testing.T) {
	t.Parallel()
	taken := problem.New(problem.Conflict, "invited_already", "An invitation to this e-mail waits already.")
	_, ask := setup(t, kanbanapi.Owner, "POST /v1/boards/"+apitest.GardenID.String()+"/invitations", taken)
	res, doc := ask("POST", pagePath()+"/invite", "email=hedy%40example.org&role=viewer")
	typed, _ := doc.Find("#invite").Attr("value")
	chosen, _ := doc.Find("#invite-role option[selected]").Attr("value")
	if res.StatusCode != http.StatusConflict || typed != "hedy@example.org" || chosen != "viewer" || !strings.Contains(doc.Find("#invite-fault").Text(), "waits already") {
		t.Errorf("%d, %q as %q: %s", res.StatusCode, typed, chosen, doc.Find("#invite-fault").Text())
	}
}

func TestTheLastOwnerIsToldWhyTheyCannotGo(t *testing.T) {
	t.Parallel()
	last := problem.New(problem.Conflict, "last_owner", "A board is never without an owner.")
	of := "/v1/boards/" + apitest.GardenID.String()
	_, ask := setup(t, kanbanapi.Owner, "PATCH "+of+"/members/"+adaID.String(), last)
	res, doc := ask("POST", pagePath()+"/"+adaID.String()+"/role", "role=viewer")
	if got := doc.Find("#member-" + adaID.String()).Text(); res.StatusCode != http.StatusConflict || !strings.Contains(got, "never without an owner") {
		t.Errorf("%d: %s", res.StatusCode, got)
	}
}

func TestSomebodyWhoIsGoneAlreadyIsNoFailure(t *testing.T) {
	t.Parallel()
	_, ask := setup(t, kanbanapi.Owner, "DELETE /v1/boards/"+apitest.GardenID.String()+"/members/"+graceID.String(), problem.New(problem.NotFound, "member_not_found", "…"))
	if res, _ := ask("POST", pagePath()+"/"+graceID.String()+"/remove", ""); res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != pagePath() {
		t.Errorf("%d to %s", res.StatusCode, res.Header.Get("Location"))
	}
}

func TestALinkIsShownOnceAndLeadsToThePublicAddress(t *testing.T) {
	t.Parallel()
	of := "/v1/boards/" + apitest.GardenID.String() + "/invitations/" + inviteA.String()
	_, ask := setup(t, kanbanapi.Owner, "POST "+of+"/secret", kanbanapi.SealedInvitation{Secret: "s3cret"})
	_, doc := ask("POST", pagePath()+"/invitations/"+inviteA.String()+"/link", "")
	if link, _ := doc.Find("#link").Attr("value"); link != "https://cardwall.example.org/invitation?token=s3cret" {
		t.Errorf("the link is %q", link)
	}
	if _, doc := ask("GET", pagePath(), ""); doc.Find("#link").Length() != 0 {
		t.Error("it is shown again")
	}
}

// Who isn't signed in learns neither which board it is nor whether there is such an invitation, and no other site where they came from.
func TestAGuestLearnsNothingOfAnInvitation(t *testing.T) {
	t.Parallel()
	api, ask := setup(t, kanbanapi.Owner, "POST /v1/invitations/find", kanbanapi.Invitation{BoardTitle: "Garden"})
	res, doc := ask("GET", "/invitation?token=s3cret", "")
	way, _ := doc.Find("main a.primary").Attr("href")
	if res.StatusCode != 200 || strings.Contains(doc.Text(), "Garden") || way != "/sign-in?return_to=%2Finvitation%3Ftoken%3Ds3cret" || len(api.Changes()) != 0 {
		t.Errorf("%d to %s, asked %v: %s", res.StatusCode, way, api.Changes(), doc.Find("main").Text())
	}
	if policy := res.Header.Get("Referrer-Policy"); policy != "same-origin" {
		t.Errorf("the policy is %q", policy)
	}
}

func TestAMailboxThatGetsTooMuchIsInvitedNoMore(t *testing.T) {
	t.Parallel()
	of := "/v1/boards/" + apitest.GardenID.String() + "/invitations"
	full := kanbanapi.Invitation{Id: inviteA, Email: "full@example.org", By: kanbanapi.Actor{Id: graceID, Name: "Grace"}, SentAt: at2026, ExpiresAt: at2026}
	api, ask := toAda(t, kanbanapi.Owner, "GET "+of, kanbanapi.InvitationList{Items: []kanbanapi.Invitation{full}}, "POST "+of, full, "POST "+of+"/"+inviteA.String()+"/renew", full)
	for form, body := range map[string]string{"/invite": "email=full%40example.org&role=viewer", "/invitations/" + inviteA.String() + "/again": "email=hedy%40example.org"} {
		if res, doc := ask("POST", pagePath()+form, body); res.StatusCode != http.StatusTooManyRequests || !strings.Contains(doc.Find("main").Text(), "Too many tries.") {
			t.Errorf("%s: %d", form, res.StatusCode)
		}
	}
	if did := api.Changes(); len(did) != 0 {
		t.Errorf("it did %v", did)
	}
}

func TestAWaitingInvitationTellsWhoSentIt(t *testing.T) {
	t.Parallel()
	_, ask := setup(t, kanbanapi.Owner)
	if _, doc := ask("GET", pagePath(), ""); !strings.Contains(doc.Find("#member-"+inviteA.String()).Text(), "Sent by Grace") {
		t.Errorf("it says %s", doc.Find("#invitations").Text())
	}
}

func TestWhoJoinedByALinkIsLedToTheBoardByIt(t *testing.T) {
	t.Parallel()
	_, ask := toAda(t, kanbanapi.Editor, "POST /v1/invitations/find", kanbanapi.Invitation{BoardId: apitest.GardenID, BoardTitle: "Garden", Joined: true})
	if res, _ := ask("GET", "/invitation?token=s3cret", ""); res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != "/boards/"+apitest.GardenID.String() {
		t.Errorf("%d to %s", res.StatusCode, res.Header.Get("Location"))
	}
}
