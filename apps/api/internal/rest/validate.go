package rest

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/labstack/echo/v4"

	"cardwall/packages/httpserver"
	"cardwall/packages/kanbanapi"
	"cardwall/packages/problem"
)

// load reads the contract and checks that it is one.
func load() (*openapi3.T, error) {
	spec, err := openapi3.NewLoader().LoadFromData(kanbanapi.Document())
	if err != nil {
		return nil, err
	}
	return spec, spec.Validate(context.Background())
}

// routesOf lists the contract's operations under the names that echo gives their routes.
func routesOf(spec *openapi3.T) map[string]*routers.Route {
	routes := map[string]*routers.Route{}
	named := strings.NewReplacer("{", ":", "}", "")
	for path, item := range spec.Paths.Map() {
		for method, operation := range item.Operations() {
			routes[method+" "+named.Replace(path)] = &routers.Route{
				Spec: spec, Path: path, PathItem: item, Method: method, Operation: operation,
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
	options := &openapi3filter.Options{MultiError: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc}
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

// checkBody wants JSON, and not too much of it, wherever there is a body at all.
func checkBody(w http.ResponseWriter, r *http.Request) error {
	if r.ContentLength == 0 {
		return nil
	}
	if mediaType, _, _ := strings.Cut(r.Header.Get(echo.HeaderContentType), ";"); !strings.EqualFold(strings.TrimSpace(mediaType), echo.MIMEApplicationJSON) {
		return problem.New(problem.UnsupportedMedia, "json_only", "The api takes JSON: send Content-Type: application/json.")
	}
	return httpserver.Limit(w, r, bodyLimit)
}

func params(c echo.Context) map[string]string {
	values := make(map[string]string, len(c.ParamNames()))
	for i, name := range c.ParamNames() {
		values[name] = c.ParamValues()[i]
	}
	return values
}

// invalid turns what the validation found into fields that a person can mend.
func invalid(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return tooLarge
	}
	fields := fieldsOf("", err)
	if len(fields) == 0 {
		return problem.New(problem.Invalid, "malformed_json", "The body isn't the JSON that this asks for.").Because(err)
	}
	return problem.Validation(fields...)
}

// fieldsOf walks down the validation's errors to the fields that they are about.
func fieldsOf(parameter string, err error) []problem.Field {
	switch e := err.(type) { //nolint:errorlint // the tree is walked level by level, each of its own type
	case openapi3.MultiError:
		var fields []problem.Field
		for _, each := range e {
			fields = append(fields, fieldsOf(parameter, each)...)
		}
		return fields
	case *openapi3filter.RequestError:
		if e.Parameter != nil {
			parameter = e.Parameter.Name
		}
		if fields := fieldsOf(parameter, e.Err); len(fields) > 0 || parameter == "" {
			return fields
		}
		return []problem.Field{{Field: parameter, Code: "invalid", Detail: sentence(e.Reason)}}
	case *openapi3.SchemaError:
		return []problem.Field{schemaField(parameter, e)}
	default:
		return nil
	}
}

// schemaField names the field by its path in the body, or by the parameter.
func schemaField(parameter string, e *openapi3.SchemaError) problem.Field {
	path := e.JSONPointer()
	if parameter != "" {
		path = append([]string{parameter}, path...)
	}
	code := e.SchemaField
	if code == "properties" {
		code = "unknown" // additionalProperties: false
	}
	return problem.Field{Field: strings.Join(path, "."), Code: code, Detail: sentence(e.Reason)}
}

// sentence makes a library's remark one: a capital, a full stop.
func sentence(remark string) string {
	if remark == "" {
		return "This value can't be accepted."
	}
	return strings.ToUpper(remark[:1]) + strings.TrimSuffix(remark[1:], ".") + "."
}
