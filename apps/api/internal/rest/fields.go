package rest

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"

	"cardwall/packages/problem"
)

// complaint is what a client reads of a value that breaks a rule of the contract.
type complaint struct {
	code   string // stable, part of the contract
	detail func(*openapi3.Schema) string
}

// complaints has one for each rule, by the name that JSON Schema gives it. The library's own words stay inside.
var complaints = map[string]complaint{
	"required":  {"required", always("This is needed.")},
	"minLength": {"required", always("This needs at least one character.")},
	"maxLength": {"too_long", func(s *openapi3.Schema) string {
		return fmt.Sprintf("This can have up to %d characters.", *s.MaxLength)
	}},
	"format":        {"malformed", func(s *openapi3.Schema) string { return "This must be a " + strings.ToUpper(s.Format) + "." }},
	"pattern":       {"malformed", always("This isn't written in the way it has to be.")},
	"enum":          {"not_offered", func(s *openapi3.Schema) string { return "This must be one of: " + choices(s.Enum) + "." }},
	"minimum":       {"out_of_range", func(s *openapi3.Schema) string { return "This must be " + bounds(s) + "." }},
	"maximum":       {"out_of_range", func(s *openapi3.Schema) string { return "This must be " + bounds(s) + "." }},
	"type":          {"wrong_type", func(s *openapi3.Schema) string { return "This must be of the type " + typeName(s) + "." }},
	"nullable":      {"wrong_type", always("This can't be null.")},
	"properties":    {"unknown", always("There is no such field here.")}, // additionalProperties: false
	"minItems":      {"out_of_range", func(s *openapi3.Schema) string { return "This must be " + counts(s) + "." }},
	"maxItems":      {"out_of_range", func(s *openapi3.Schema) string { return "This must be " + counts(s) + "." }},
	"minProperties": {"nothing_to_change", always("Say at least one thing to change.")},
}

// otherwise is for a rule that the table doesn't have.
var otherwise = complaint{"malformed", always("This value can't be accepted.")}

func always(text string) func(*openapi3.Schema) string {
	return func(*openapi3.Schema) string { return text }
}

func choices(values []any) string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = fmt.Sprint(value)
	}
	return strings.Join(texts, ", ")
}

func counts(s *openapi3.Schema) string {
	if s.MaxItems == nil {
		return fmt.Sprintf("a list of at least %d", s.MinItems)
	}
	return fmt.Sprintf("a list of %d to %d", s.MinItems, *s.MaxItems)
}

func bounds(s *openapi3.Schema) string {
	switch {
	case s.Min != nil && s.Max != nil:
		return fmt.Sprintf("from %v to %v", *s.Min, *s.Max)
	case s.Min != nil:
		return fmt.Sprintf("at least %v", *s.Min)
	default:
		return fmt.Sprintf("at most %v", *s.Max)
	}
}

// invalid turns what the validation found into fields that a person can mend.
func invalid(err error) error {
	fields := fieldsOf("", err)
	if len(fields) == 0 {
		return malformed().Because(err)
	}
	return problem.Validation(fields...).Because(err)
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
		return []problem.Field{{Field: parameter, Code: otherwise.code, Detail: otherwise.detail(nil)}}
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
	if e.SchemaField == "properties" {
		path = append(path, unknownProperty(e.Reason))
	}
	if len(path) == 0 {
		path = []string{"body"}
	}
	rule := broken(e)
	says, known := complaints[rule.SchemaField]
	if !known {
		says = otherwise
	}
	return problem.Field{Field: strings.Join(path, "."), Code: says.code, Detail: says.detail(rule.Schema)}
}

// broken finds the rule itself where a schema takes its rules from another, which OpenAPI 3.0 writes as allOf.
func broken(e *openapi3.SchemaError) *openapi3.SchemaError {
	var inner *openapi3.SchemaError
	if e.SchemaField == "allOf" && errors.As(e.Origin, &inner) {
		return inner
	}
	return e
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
