// Package rest is the api's HTTP side: it maps the contract in packages/kanbanapi to the verbs of
// internal/kanban.
//
// A request passes the guard (who asks, and not too often), the validation against the contract (what is asked), gets its deadline
// and then a handler of the generated strict server, which says one verb. Everything that can go wrong is a
// *problem.Error by the time it leaves here; httpserver writes it down.
package rest

import (
	"context"
	"fmt"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"

	"cardwall/apps/api/internal/kanban"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/token"
)

// Verifier tells whose token a request carries: problem.Unauthenticated for one that is not to be trusted.
type Verifier interface {
	Verify(ctx context.Context, raw string) (token.Person, error)
}

// Config is what the routes are made of. Kanban, Verifier and Live are required.
type Config struct {
	Kanban    *kanban.Service
	Verifier  Verifier
	Origins   []string // whose pages may call the api (CORS_ORIGINS), as browsers write them; default: nobody's
	RateLimit int      // requests a second that one person may make; default: as many as they like
	Live      Live     // what event streams are made of
}

// Register adds the contract's routes and its documentation to a server made by httpserver.
func Register(e *echo.Echo, c Config) error {
	spec, err := load()
	if err != nil {
		return fmt.Errorf("the contract: %w", err)
	}
	registerDocs(e, spec)
	limit, err := newRateLimit(c.RateLimit)
	if err != nil {
		return fmt.Errorf("the rate limit: %w", err)
	}
	if len(c.Origins) > 0 {
		e.Pre(cors(c.Origins))
	}
	boards, err := newBoardCopies(copiesWeigh)
	if err != nil {
		return fmt.Errorf("the boards' copies: %w", err)
	}
	c.Live.complete()
	own := &handlers{kanban: c.Kanban, boards: boards, live: c.Live}
	strict := kanbanapi.NewStrictHandler(own, []kanbanapi.StrictMiddlewareFunc{contractErrors, withoutBody})
	kanbanapi.RegisterHandlersWithOptions(withHead{e}, strict, kanbanapi.RegisterHandlersOptions{
		OperationMiddlewares: onEveryOperation(spec, guard(c, limit), validate(spec)),
	})
	return nil
}

// onEveryOperation puts the same middleware before each operation; a group of echo's would also answer for
// paths that aren't in the contract. Behind it stands the deadline, where an answer isn't one that lasts.
func onEveryOperation(spec *openapi3.T, middleware ...echo.MiddlewareFunc) map[string][]echo.MiddlewareFunc {
	on := map[string][]echo.MiddlewareFunc{}
	for _, route := range routesOf(spec) {
		on[route.Operation.OperationID] = middleware
		if !lasts(route.Operation) {
			on[route.Operation.OperationID] = append(slices.Clone(middleware), deadline)
		}
	}
	return on
}

func lasts(operation *openapi3.Operation) bool {
	answer := operation.Responses.Value("200")
	return answer != nil && answer.Value.Content.Get("text/event-stream") != nil
}

// handlers implements the generated strict server, a file per noun.
type handlers struct {
	kanban *kanban.Service
	boards *boardCopies
	live   Live
}

var _ kanbanapi.StrictServerInterface = (*handlers)(nil)
