package markdown

import (
	"context"
	"io"
)

// SafeHTML is HTML that may stand on a page. Only this package makes it, and only of what its policy lets pass. It is
// a templ.Component.
type SafeHTML struct{ html string }

// Render writes it, as templ.Component asks.
func (s SafeHTML) Render(_ context.Context, w io.Writer) error {
	_, err := io.WriteString(w, s.html)
	return err
}

// String is the HTML.
func (s SafeHTML) String() string { return s.html }
