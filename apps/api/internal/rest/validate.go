package rest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
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
	options := &openapi3filter.Options{
		MultiError: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc,
		// The library leaves this format alone unless told: an id that isn't one is wrong, not merely unknown.
		SchemaValidationOptions: []openapi3.SchemaValidationOption{
			openapi3.WithStringFormatValidator("uuid", openapi3.NewRegexpFormatValidator(openapi3.FormatOfStringForUUIDOfRFC9562)),
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
		if fields := fieldsOf(parameter, e.Err); len(fields) > 0 {
			return fields
		}
		return requestField(parameter, e)
	case *openapi3.SchemaError:
		return []problem.Field{schemaField(parameter, e)}
	default:
		return nil
	}
}

// requestField is for what is wrong with a parameter or the body as a whole; JSON that can't be read is no field's fault.
func requestField(parameter string, e *openapi3filter.RequestError) []problem.Field {
	switch {
	case parameter != "":
		return []problem.Field{{Field: parameter, Code: "invalid", Detail: sentence(e.Reason)}}
	case errors.Is(e, openapi3filter.ErrInvalidRequired):
		return []problem.Field{{Field: "body", Code: "required", Detail: "This request needs a JSON body."}}
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
	field := problem.Field{Field: strings.Join(path, "."), Code: e.SchemaField, Detail: sentence(e.Reason)}
	switch e.SchemaField {
	case "minLength":
		field.Code, field.Detail = "required", "This needs at least one character."
	case "maxLength":
		field.Code, field.Detail = "too_long", fmt.Sprintf("This can have up to %d characters.", *e.Schema.MaxLength)
	case "format":
		field.Detail = "This must be a " + strings.ToUpper(e.Schema.Format) + "."
	case "properties": // additionalProperties: false
		field.Code, field.Field = "unknown", strings.Join(append(path, unknownProperty(e.Reason)), ".")
	}
	return field
}

// unknownProperty finds the name in `property "colour" is unsupported`, which the library tells nowhere else.
func unknownProperty(reason string) string {
	quoted, err := strconv.QuotedPrefix(strings.TrimPrefix(reason, "property "))
	if err != nil {
		return ""
	}
	name, err := strconv.Unquote(quoted)
	if err != nil {
		return ""
	}
	return name
}

// sentence makes a library's remark one: a capital, a full stop.
func sentence(remark string) string {
	if remark == "" {
		return "This value can't be accepted."
	}
	return strings.ToUpper(remark[:1]) + strings.TrimSuffix(remark[1:], ".") + "."
}
