package rest

import (
	"net/http"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/labstack/echo/v4"

	"cardwall/packages/kanbanapi"
)

// load reads the contract, once. That it is one, a test says: it doesn't change between the build and a start.
var load = sync.OnceValues(func() (*openapi3.T, error) { return openapi3.NewLoader().LoadFromData(kanbanapi.Document()) })

// routesOf lists the contract's operations under the names that echo gives their routes.
func routesOf(spec *openapi3.T) map[string]*routers.Route {
	routes := map[string]*routers.Route{}
	named := strings.NewReplacer("{", ":", "}", "")
	for path, item := range spec.Paths.Map() {
		for method, operation := range item.Operations() {
			route := &routers.Route{Spec: spec, Path: path, PathItem: item, Method: method, Operation: operation}
			routes[method+" "+named.Replace(path)] = route
			if method == http.MethodGet {
				routes[http.MethodHead+" "+named.Replace(path)] = route
			}
		}
	}
	return routes
}

// validate holds every request against the contract before a handler sees it: problem.TooLarge,
// problem.UnsupportedMedia, or problem.Invalid with a field for each thing that is wrong. echo has found the
// route already, so the contract's own router isn't asked again.
func validate(spec *openapi3.T) echo.MiddlewareFunc {
	routes := routesOf(spec)
	options := &openapi3filter.Options{
		MultiError: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc,
		// The library leaves this format alone unless told: an id that isn't one is wrong, not merely unknown.
		SchemaValidationOptions: []openapi3.SchemaValidationOption{
			openapi3.WithStringFormatValidator("uuid", openapi3.NewRegexpFormatValidator(openapi3.FormatOfStringForUUIDOfRFC9562)),
			// And these it takes for patterns, which the 30th of February has.
			openapi3.WithStringFormatValidator("date", openapi3.NewCallbackValidator(checkDate)),
			openapi3.WithStringFormatValidator("date-time", openapi3.NewCallbackValidator(checkTime)),
		},
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r := c.Request()
			if err := checkBody(c.Response(), r); err != nil {
				return err
			}
			input := &openapi3filter.RequestValidationInput{
				Request: r, PathParams: params(c), Route: routes[r.Method+" "+c.Path()], Options: options,
			}
			if err := openapi3filter.ValidateRequest(r.Context(), input); err != nil {
				return invalid(err)
			}
			return next(c)
		}
	}
}

func params(c echo.Context) map[string]string {
	values := make(map[string]string, len(c.ParamNames()))
	for i, name := range c.ParamNames() {
		values[name] = c.ParamValues()[i]
	}
	return values
}
