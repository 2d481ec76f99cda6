// Package markdown makes HTML of what people write, and is the only place where a page's HTML comes from a text.
//
// A text goes through goldmark, which takes HTML in it for words, then through bluemonday, which lets pass what policy.go
// lists and nothing else, and leaves as a [SafeHTML], which no other package can make. Package card shows it.
package markdown

import (
	"bytes"
	"html"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	htmlrenderer "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Options are what a text needs to know of where it stands.
type Options struct {
	CardPath func(number int) string // where #12 leads; nil: nowhere
	Tickable bool                    // boxes are buttons of the form around the text, named "tick" (see [ReadTick])
}

// engine speaks GitHub's dialect: tables, strikethrough, bare addresses, task lists, and a line's end is one.
var engine = goldmark.New(
	goldmark.WithExtensions(
		extension.Strikethrough, extension.Linkify, extension.TaskList,
		extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)),
	),
	goldmark.WithParser(parser.NewParser(
		parser.WithBlockParsers(util.Prioritized(parser.NewSetextHeadingParser(), 100), util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewListParser(), 300), util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500), util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700), util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(parser.NewParagraphParser(), 1000)), // goldmark's own, without the one for HTML
		parser.WithInlineParsers(util.Prioritized(parser.NewCodeSpanParser(), 100), util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300), util.Prioritized(parser.NewEmphasisParser(), 500)), // here too
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
		parser.WithASTTransformers(util.Prioritized(shape{}, 1000)),
	)),
	goldmark.WithRendererOptions(htmlrenderer.WithHardWraps()),
)

// Render makes HTML of a text. It takes any text, and time that is bounded: one that is nested deeper
// than anybody reads, or is made of thousands of links, is shown as it was typed.
func Render(source string, o Options) SafeHTML {
	if unreadable(source) {
		return asTyped(source)
	}
	raw := []byte(source)
	tree := parse(raw, o)
	var made bytes.Buffer
	if err := engine.Renderer().Render(&made, raw, tree); err != nil {
		return asTyped(source) // a buffer takes everything, so this is for the compiler
	}
	return SafeHTML{boxes(policy.SanitizeBytes(made.Bytes()), tasksOf(tree, raw), o.Tickable)}
}

func parse(source []byte, o Options) ast.Node {
	ctx := parser.NewContext()
	ctx.Set(optionsKey, o)
	return engine.Parser().Parse(text.NewReader(source), parser.WithContext(ctx))
}

func asTyped(source string) SafeHTML {
	return SafeHTML{"<pre>" + html.EscapeString(source) + "</pre>"}
}
