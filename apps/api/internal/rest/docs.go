package rest

import (
	"bytes"
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"
)

//go:embed docs.css
var docsStyle []byte

// docsPolicy lets the page have its own style sheet and nothing else (CSP Level 3).
const docsPolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// registerDocs serves the contract as JSON at /openapi.json, and as a page to read at /docs. Both are public. They are made when they are
// first asked for: a start doesn't wait for what few ever read.
func registerDocs(e *echo.Echo, spec *openapi3.T) {
	document := sync.OnceValues(spec.MarshalJSON)
	page := sync.OnceValues(func() ([]byte, error) {
		var page bytes.Buffer
		err := docsPage(documentation{T: spec, operations: byTag(spec), problems: problemsOf(spec)}).Render(context.Background(), &page)
		return page.Bytes(), err
	})
	e.GET("/openapi.json", blob(echo.MIMEApplicationJSON, document))
	e.GET("/docs.css", func(c echo.Context) error { return c.Blob(http.StatusOK, "text/css; charset=utf-8", docsStyle) })
	e.GET("/docs", func(c echo.Context) error {
		c.Response().Header().Set("Content-Security-Policy", docsPolicy)
		return blob(echo.MIMETextHTMLCharsetUTF8, page)(c)
	})
}

func blob(mediaType string, made func() ([]byte, error)) echo.HandlerFunc {
	return func(c echo.Context) error {
		content, err := made()
		if err != nil {
			return err
		}
		return c.Blob(http.StatusOK, mediaType, content)
	}
}

// documentation is what the page tells, in its order.
type documentation struct {
	*openapi3.T
	operations map[string][]operation // by tag
	problems   []problemExample
}

// operation is one line of the contract, as the page shows it.
type operation struct {
	Method, Path string
	*openapi3.Operation
	Parameters openapi3.Parameters
	Statuses   []string
}

// says is what it does, and what else there is to know.
func (o operation) says() string { return strings.TrimSpace(o.Summary + ". " + o.Description) }

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
