package markdown

import (
	"regexp"
	"slices"
	"strconv"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

var optionsKey = parser.NewContextKey()

// shape fits a text into its page: headings come below the page's own two levels, a picture becomes a link to it
// (pages load nothing from elsewhere), and #12 leads to that card.
type shape struct{}

// Transform does it; goldmark calls it once a text is parsed.
func (shape) Transform(doc *ast.Document, reader text.Reader, ctx parser.Context) {
	o, _ := ctx.Get(optionsKey).(Options)
	var headings []*ast.Heading
	var pictures []*ast.Image
	var texts []*ast.Text
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the walker never fails
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			headings = append(headings, n)
		case *ast.Image:
			pictures = append(pictures, n)
		case *ast.Link, *ast.CodeSpan, *ast.AutoLink:
			return seekPictures(n, &pictures)
		case *ast.Text:
			texts = append(texts, n)
		}
		return ast.WalkContinue, nil
	})
	rank(headings)
	for _, t := range texts {
		linkCards(t, reader.Source(), o)
	}
	for _, p := range pictures {
		unhang(p)
	}
}

// rank puts headings below the page's own two levels, without leaving one out.
func rank(headings []*ast.Heading) {
	const pages = 2
	var used []int
	for _, h := range headings {
		used = append(used, h.Level)
	}
	slices.Sort(used)
	used = slices.Compact(used)
	above := pages
	for _, h := range headings {
		h.Level = min(pages+1+slices.Index(used, h.Level), above+1, 6)
		above = h.Level
	}
}

// seekPictures looks for pictures in what holds no links to cards, and goes no further.
func seekPictures(n ast.Node, pictures *[]*ast.Image) (ast.WalkStatus, error) {
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the walker never fails
		if p, ok := n.(*ast.Image); ok && entering {
			*pictures = append(*pictures, p)
		}
		return ast.WalkContinue, nil
	})
	return ast.WalkSkipChildren, nil
}

// unhang puts a link to a picture in its place, or just its words where a link is around it already.
func unhang(p *ast.Image) {
	link := ast.NewLink()
	link.Destination, link.Title = p.Destination, p.Title
	into, before := ast.Node(link), ast.Node(nil)
	if inLink(p) {
		into, before = p.Parent(), ast.Node(p)
	}
	for child := p.FirstChild(); child != nil; child = p.FirstChild() {
		if before != nil {
			into.InsertBefore(into, before, child)
		} else {
			into.AppendChild(into, child)
		}
	}
	if before != nil {
		into.RemoveChild(into, p)
	} else {
		p.Parent().ReplaceChild(p.Parent(), p, link)
	}
}

func inLink(n ast.Node) bool {
	for up := n.Parent(); up != nil; up = up.Parent() {
		if up.Kind() == ast.KindLink {
			return true
		}
	}
	return false
}

// reference is #12 where it stands as a word of its own.
var reference = regexp.MustCompile(`(?:^|[^\pL\pN_&#/\\])(#([1-9][0-9]{0,8}))(?:[^\pL\pN_]|$)`)

// linkCards makes links of the references in a piece of text.
func linkCards(t *ast.Text, source []byte, o Options) {
	if o.CardPath == nil || t.IsRaw() {
		return
	}
	rest := t.Segment
	// One byte before the piece tells whether its first word begins there.
	for at := rest.Start; at < rest.Stop; {
		begin := max(at-1, 0)
		if at == rest.Start && source[begin] == '\n' {
			begin = at
		}
		found := reference.FindSubmatchIndex(source[begin:rest.Stop])
		if found == nil {
			break
		}
		from, to := begin+found[2], begin+found[3]
		number, err := strconv.Atoi(string(source[begin+found[4] : begin+found[5]]))
		if err != nil || from < at {
			break
		}
		insertReference(t, text.NewSegment(rest.Start, from), text.NewSegment(from, to), o.CardPath(number))
		rest = text.NewSegment(to, rest.Stop)
		at = to
	}
	t.Segment = rest
}

// insertReference puts what comes before a reference, and the reference, before the rest of a text.
func insertReference(t *ast.Text, before, number text.Segment, path string) {
	parent := t.Parent()
	if !before.IsEmpty() {
		parent.InsertBefore(parent, t, ast.NewTextSegment(before))
	}
	link := ast.NewLink()
	link.Destination = []byte(path)
	link.AppendChild(link, ast.NewTextSegment(number))
	parent.InsertBefore(parent, t, link)
}
