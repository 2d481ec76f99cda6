package rest

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"html/template"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"
)

//go:embed docs.html
var docsTemplate string

//go:embed docs.css
var docsStyle []byte

// docsPolicy lets the page have its own style sheet and nothing else (CSP Level 3).
const docsPolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// registerDocs serves the contract as JSON at /openapi.json, and as a page to read at /docs. Both are public.
func registerDocs(e *echo.Echo, spec *openapi3.T) error {
	document, err := spec.MarshalJSON()
	if err != nil {
		return err
	}
	page, err := docsPage(spec)
	if err != nil {
		return err
	}
	e.GET("/openapi.json", func(c echo.Context) error { return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, document) })
	e.GET("/docs.css", func(c echo.Context) error { return c.Blob(http.StatusOK, "text/css; charset=utf-8", docsStyle) })
	e.GET("/docs", func(c echo.Context) error {
		c.Response().Header().Set("Content-Security-Policy", docsPolicy)
		return c.HTML(http.StatusOK, page)
	})
	return nil
}

// operation is one line of the contract, as the page shows it.
type operation struct {
	Method, Path string
	*openapi3.Operation
	Parameters openapi3.Parameters
	Statuses   []string
}

func docsPage(spec *openapi3.T) (string, error) {
	functions := template.FuncMap{
		"json": indented, "body": bodySchema, "link": schemaLink, "stream": streamExample,
		"paragraphs": paragraphs, "required": slices.Contains[[]string],
	}
	tmpl, err := template.New("docs").Funcs(functions).Parse(docsTemplate)
	if err != nil {
		return "", err
	}
	var page strings.Builder
	err = tmpl.Execute(&page, map[string]any{"Spec": spec, "Operations": byTag(spec), "Problems": problemsOf(spec)})
	return page.String(), err
}

// byTag lists the operations of each tag in the order of their paths.
func byTag(spec *openapi3.T) map[string][]operation {
	tags := map[string][]operation{}
	for at, item := range spec.Paths.Map() {
		for method, op := range item.Operations() {
			entry := operation{Method: method, Path: at, Operation: op, Parameters: append(slices.Clone(item.Parameters), op.Parameters...)}
			for status := range op.Responses.Map() {
				entry.Statuses = append(entry.Statuses, status)
			}
			slices.Sort(entry.Statuses)
			tags[op.Tags[0]] = append(tags[op.Tags[0]], entry)
		}
	}
	for _, entries := range tags {
		slices.SortFunc(entries, func(a, b operation) int { return strings.Compare(a.Path+a.Method, b.Path+b.Method) })
	}
	return tags
}

// problemExample is one of the contract's problems, as the page shows it.
type problemExample struct {
	Code   string
	Status int
	*openapi3.Example
}

// problemsOf lists the contract's problems by status and code.
func problemsOf(spec *openapi3.T) []problemExample {
	var all []problemExample
	for code, ref := range spec.Components.Examples {
		status := 0
		if value, ok := ref.Value.Value.(map[string]any); ok {
			number, _ := value["status"].(float64)
			status = int(number)
		}
		all = append(all, problemExample{Code: code, Status: status, Example: ref.Value})
	}
	slices.SortFunc(all, func(a, b problemExample) int {
		return cmp.Or(cmp.Compare(a.Status, b.Status), strings.Compare(a.Code, b.Code))
	})
	return all
}

func indented(v any) (string, error) {
	text, err := json.MarshalIndent(v, "", "  ")
	return string(text), err
}

// bodySchema is the schema of an operation's JSON body or answer, nil without one.
func bodySchema(content openapi3.Content) *openapi3.SchemaRef {
	for _, mediaType := range content {
		return mediaType.Schema
	}
	return nil
}

// streamExample is how an event stream looks, nil for what is none.
func streamExample(content openapi3.Content) any {
	if stream := content.Get("text/event-stream"); stream != nil {
		return stream.Example
	}
	return nil
}

// schemaLink names a schema: a link to where it is shown, its type when it has no name, an array by its items.
func schemaLink(ref *openapi3.SchemaRef) template.HTML {
	if ref.Ref != "" {
		name := template.HTMLEscapeString(path.Base(ref.Ref))
		return template.HTML(`<a href="#` + name + `"><code>` + name + `</code></a>`) //nolint:gosec // a name of our own contract, escaped
	}
	schema := ref.Value
	switch {
	case schema.Type.Is("array") && schema.Items != nil:
		return "list of " + schemaLink(schema.Items)
	case schema.Nullable:
		return template.HTML(template.HTMLEscapeString(typeName(schema)) + " or null") //nolint:gosec // escaped
	default:
		return template.HTML(template.HTMLEscapeString(typeName(schema))) //nolint:gosec // escaped
	}
}

func typeName(schema *openapi3.Schema) string {
	name := strings.Join(schema.Type.Slice(), " or ")
	if schema.Format != "" {
		name += " (" + schema.Format + ")"
	}
	return name
}

func paragraphs(text string) []string {
	return strings.Split(strings.TrimSpace(text), "\n\n")
}
