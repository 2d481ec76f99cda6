package rest

import (
	"context"
	"net/http"
	"regexp"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"cardwall/apps/api/internal/kanban"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
	"cardwall/packages/token"
)

// caller is who makes a request, as the guard found it.
type caller struct {
	actor  kanban.Actor
	person kanban.Person
}

type callerKey struct{}

// tab is what a browser tab may call itself.
var tab = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// guard lets only requests with a token that is to be trusted pass, and puts their caller into the context.
// It looks at nothing but the Authorization header: a cookie says nothing here. Why a token was refused is
// in the error's cause, which the access log tells and the client never reads.
func guard(config Config, limit *rateLimit) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r := c.Request()
			claims, err := identify(r, config.Verifier)
			if err != nil {
				return refused(c, err)
			}
			if err := limit.admit(claims.ID); err != nil {
				return err
			}
			who := callerOf(claims, r.Header)
			if err := meet(r.Context(), config.Kanban, who.person); err != nil {
				return err
			}
			c.SetRequest(r.WithContext(context.WithValue(r.Context(), callerKey{}, who)))
			return next(c)
		}
	}
}

// identify reads the one token that a request carries; with two, who would say which one counts?
func identify(r *http.Request, verifier Verifier) (token.Person, error) {
	header := ""
	if given := r.Header.Values(echo.HeaderAuthorization); len(given) == 1 {
		header = given[0]
	}
	raw, err := token.FromHeader(header)
	if err != nil {
		return token.Person{}, err
	}
	return verifier.Verify(r.Context(), raw)
}

// meet keeps a caller's profile; it waits no longer for the store than an operation may.
func meet(ctx context.Context, service *kanban.Service, person kanban.Person) error {
	within, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	return service.Meet(within, person)
}

func refused(c echo.Context, err error) error {
	if problem.Is(err, problem.Unauthenticated) {
		c.Response().Header().Set(echo.HeaderWWWAuthenticate, "Bearer") // RFC 6750 §3
	}
	return err
}

func callerOf(claims token.Person, header http.Header) caller {
	who := caller{
		actor:  kanban.Actor{ID: claims.ID, Session: sessionOf(claims)},
		person: kanban.Person{ID: claims.ID, Name: claims.Name, Email: claims.Email, Picture: claims.Picture, Verified: claims.EmailVerified},
	}
	if claims.EmailVerified {
		who.actor.Email = claims.Email
	}
	if name := header.Get(kanbanapi.TabHeader); tab.MatchString(name) {
		who.actor.Tab = name
	}
	if id, err := uuid.Parse(header.Get(kanbanapi.ChangeHeader)); err == nil {
		who.actor.Change = id
	}
	return who
}

// sessionOf is the sign-in that a token is of. Another issuer's may have an id of another shape, or tell none: then all
// that the person does is of one.
func sessionOf(claims token.Person) uuid.UUID {
	if id, err := uuid.Parse(claims.SessionID); err == nil && id != uuid.Nil {
		return id
	}
	return uuid.NewSHA1(claims.ID, []byte(claims.SessionID)) // UUIDv5 (RFC 9562 §5.5)
}

// callerFrom finds who makes the request; the guard stands before every handler that asks.
func callerFrom(ctx context.Context) caller { return ctx.Value(callerKey{}).(caller) }

func actor(ctx context.Context) kanban.Actor { return callerFrom(ctx).actor }
