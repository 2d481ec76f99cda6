package markdown

import (
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// allowed are the elements that may come out, and their attributes.
var allowed = map[string][]string{
	"p": nil, "br": nil, "hr": nil, "h3": nil, "h4": nil, "h5": nil, "h6": nil, "ul": nil, "ol": {"start"}, "li": nil, "blockquote": nil,
	"pre": nil, "code": nil, "em": nil, "strong": nil, "del": nil, "table": nil, "thead": nil, "tbody": nil, "tr": nil, "th": {"align"}, "td": {"align"},
	"a": {"href", "title", "rel"}, "button": {"class", "name", "value", "role", "aria-checked", "aria-label"},
}

// harmless checks that what becomes of a text can run nothing, dress as nothing and load nothing.
func harmless(t *testing.T, source string) {
	t.Helper()
	out := Render(source, Options{CardPath: card, Tickable: true}).String()
	tokens := html.NewTokenizer(strings.NewReader(out))
	for tokens.Next() != html.ErrorToken {
		token := tokens.Token()
		switch token.Type {
		case html.CommentToken, html.DoctypeToken:
			t.Fatalf("%.200q makes %s", source, token)
		case html.StartTagToken, html.SelfClosingTagToken:
			wantHarmless(t, source, token)
		}
	}
}

func wantHarmless(t *testing.T, source string, tag html.Token) {
	t.Helper()
	attributes, ok := allowed[tag.Data]
	if !ok {
		t.Fatalf("%.200q makes %s", source, tag)
	}
	for _, a := range tag.Attr {
		switch {
		case !slices.Contains(attributes, a.Key), a.Key == "class" && a.Val != "tick", a.Key == "name" && a.Val != "tick":
			t.Fatalf("%.200q makes %s", source, tag)
		case a.Key == "href":
			wantGoodAddress(t, source, tag, a.Val)
		}
	}
}

func wantGoodAddress(t *testing.T, source string, tag html.Token, address string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil || !slices.Contains([]string{"", "http", "https", "mailto"}, u.Scheme) {
		t.Fatalf("%.200q leads to %s", source, address)
	}
	rel := slices.ContainsFunc(tag.Attr, func(a html.Attribute) bool { return a.Key == "rel" && strings.Contains(a.Val, "nofollow") })
	if u.Host != "" && !rel {
		t.Fatalf("%.200q has a link without rel: %s", source, tag)
	}
}

// nasty are the pieces that texts are put together from.
var nasty = []string{
	"<script>", "</script>", "<img src=x onerror=alert(1)>", "<a href=\"javascript:alert(1)\">", "<svg onload=", "<style>", "<!--", "-->", "<![CDATA[", "<input type=checkbox>",
	"javascript:", "JAVASCRIPT&colon;", "data:text/html;base64,", "vbscript:", " onclick=alert(1) ", " style=\"", "\"", "'", "`", "\\", "&quot;", "&#34;", "&#x6A;", "\x00", "\u202e", "שלום",
	"[", "]", "(", ")", "![", "](", "<", ">", "[a]: ", "https://e.org/", "//e.org", "www.e.org", "a@e.org", "#12", "#", "*", "_", "~~", "```", "\n", "\n\n", "- [ ] ", "* [x] ", "1. ", "> ", "    ", "\t", "|", "|-|-|", "===", "---", "a", " ",
}

// TestWhateverGoesInIsHarmless puts thousands of texts together, the same ones each time.
func TestWhateverGoesInIsHarmless(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		var source strings.Builder
		for range 1 + dice.IntN(24) {
			source.WriteString(nasty[dice.IntN(len(nasty))])
		}
		harmless(t, source.String())
		wantTicksApart(t, source.String())
	}
}

// wantTicksApart checks that each box of a text is ticked without another.
func wantTicksApart(t *testing.T, source string) {
	t.Helper()
	tasks := Tasks(source)
	for i, task := range tasks {
		after := Tasks(SetTask(source, task, !task.Done))
		if len(after) != len(tasks) || after[i].Done == task.Done {
			t.Fatalf("box %d of %q", i, source)
		}
	}
}

func FuzzWhateverGoesInIsHarmless(f *testing.F) {
	for _, piece := range nasty {
		f.Add(piece)
	}
	f.Add("[a](javascript:alert(1)) <b onclick=x> ![p](data:x)\n\n- [ ] \"><script>\n\n|a|\n|-|\n|<i>|")
	f.Fuzz(func(t *testing.T, source string) {
		harmless(t, source)
		wantTicksApart(t, source)
	})
}

// TestThePolicyAloneKeepsScriptsOut is the second wall: what goldmark never makes doesn't pass either.
func TestThePolicyAloneKeepsScriptsOut(t *testing.T) {
	t.Parallel()
	for _, made := range []string{
		`<a href="javascript:alert(1)">a</a>`, `<a href="data:text/html,x">a</a>`, `<script>a</script>`, `<p style="color:red" onclick="a()" class="b" id="c">a</p>`,
		`<img src="https://e.org/a.png">`, `<input type="text" name="a">`, `<button name="tick">a</button>`, `<form action="/a">a</form>`, `<iframe src="/"></iframe>`,
	} {
		out := policy.Sanitize(made)
		for _, bad := range []string{"javascript", "data:", "script", "style", "onclick", "class", "id=", "img", "name", "button", "form", "iframe", `"text"`} {
			if strings.Contains(out, bad) {
				t.Errorf("%s becomes %s", made, out)
			}
		}
	}
}
