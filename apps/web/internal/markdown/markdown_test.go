package markdown

import (
	"strconv"
	"strings"
	"testing"
	"time"
)

func card(number int) string { return "/boards/b/cards/" + strconv.Itoa(number) }

func TestWhatPeopleWriteBecomesHTML(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"one\ntwo":                         "<p>one<br>\ntwo</p>",
		"# Big\n###### Small":              "<h3>Big</h3>\n<h4>Small</h4>",
		"## Low\n# High\n### Deep":         "<h3>Low</h3>\n<h3>High</h3>\n<h4>Deep</h4>",
		"~~gone~~ **loud** `code`":         "<p><del>gone</del> <strong>loud</strong> <code>code</code></p>",
		"|a|b|\n|:-|-:|\n|1|2|":            "<table>\n<thead>\n<tr>\n<th align=\"left\">a</th>\n<th align=\"right\">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td align=\"left\">1</td>\n<td align=\"right\">2</td>\n</tr>\n</tbody>\n</table>",
		"```go\nif a < b {}\n```":          "<pre><code>if a &lt; b {}\n</code></pre>",
		"see https://example.org/a?b=1&c":  `<p>see <a href="https://example.org/a?b=1&amp;c" rel="nofollow noreferrer">https://example.org/a?b=1&amp;c</a></p>`,
		"[here](/boards)":                  `<p><a href="/boards">here</a></p>`,
		"![a *fence*](https://e.org/f)":    `<p><a href="https://e.org/f" rel="nofollow noreferrer">a <em>fence</em></a></p>`,
		"[![fence](f.png)](https://e.org)": `<p><a href="https://e.org" rel="nofollow noreferrer">fence</a></p>`,
		"شجرة":                             "<p>شجرة</p>",
		"":                                 "",
	} {
		if got := strings.TrimSpace(Render(source, Options{}).String()); got != want {
			t.Errorf("%q becomes\n%s\nwant\n%s", source, got, want)
		}
	}
}

func TestNumbersOfCardsLeadToThem(t *testing.T) {
	t.Parallel()
	link := func(n string) string { return `<a href="/boards/b/cards/` + n + `">#` + n + `</a>` }
	for source, want := range map[string]string{
		"#12":                   link("12"),
		"after #1, #2 and (#3)": "after " + link("1") + ", " + link("2") + " and (" + link("3") + ")",
		"#1 #2":                 link("1") + " " + link("2"),
		"a\n#4 b":               "a<br>\n" + link("4") + " b",
		"**#5**":                "<strong>" + link("5") + "</strong>",
		"a#6 ##7 #8th #09 #0 #1234567890 \\#9 /#9 &#35;9": "a#6 ##7 #8th #09 #0 #1234567890 #9 /#9 #9",
		"`#10`":                    "<code>#10</code>",
		"[see #11](https://e.org)": `<a href="https://e.org" rel="nofollow noreferrer">see #11</a>`,
		"https://e.org/#13":        `<a href="https://e.org/#13" rel="nofollow noreferrer">https://e.org/#13</a>`,
	} {
		if got := strings.TrimSpace(Render(source, Options{CardPath: card}).String()); got != "<p>"+want+"</p>" {
			t.Errorf("%q becomes\n%s\nwant\n<p>%s</p>", source, got, want)
		}
	}
	if got := Render("#12", Options{}).String(); strings.Contains(got, "<a") {
		t.Errorf("a number leads somewhere without a board: %s", got)
	}
}

func TestScriptsInATextStayText(t *testing.T) {
	t.Parallel()
	for _, source := range []string{
		"<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a <b onclick=alert(1)>b</b>", "[a](javascript:alert(1))",
		"[a](JaVaScRiPt:alert(1))", "[a](java\tscript:alert(1))", "[a](&#106;avascript:alert(1))", "[a](data:text/html,x)", "[a](vbscript:x)",
		"<javascript:alert(1)>", "[a]: javascript:alert(1)\n\n[a]", "![a](javascript:alert(1))", "<svg/onload=alert(1)>",
		"```\"><script>alert(1)</script>\na\n```", "[a](https://e.org \"\" onmouseover=\"alert(1)\")", "<style>a{}</style>", "[a](//e.org/\"onclick=alert(1))",
	} {
		harmless(t, source)
	}
}

// On a machine that has no time for us everything takes longer: a hundred times what plain words take there are granted. A time that grows with
// the square of the length would be minutes.
func TestTheLongestTextTakesATimeThatIsBounded(t *testing.T) {
	t.Parallel()
	const most = 50_000
	plain := time.Now()
	harmless(t, strings.Repeat("words ", most/6))
	usual := time.Since(plain)
	for _, piece := range []string{
		">", "> ", "> - ", "1. ", "- ", "\t- ", "[", "![", "[a](", "[a](b)", "*a_b", "*_~`", "`a``b```", "<", "<?", "#1 ", "|a", "- [ ] a\n", "[a]:b \"\n", "http://", "\x00", "&#", "a\n=\n",
	} {
		began := time.Now()
		harmless(t, strings.Repeat(piece, most/len(piece)))
		if took := time.Since(began); took > 5*time.Second+100*usual {
			t.Errorf("%q takes %v, plain words %v", piece, took, usual)
		}
	}
	harmless(t, strings.Repeat("[", most/2)+"a"+strings.Repeat("]", most/2))
}

func TestATextNestedWithoutEndIsShownAsTyped(t *testing.T) {
	t.Parallel()
	if got := Render(strings.Repeat("> ", deepest)+"a", Options{}).String(); strings.Count(got, "<blockquote>") != deepest {
		t.Errorf("a deep quote: %s", got)
	}
	deep := strings.Repeat("> - ", deepest) + "<i> [ ] a"
	if got := Render(deep, Options{}).String(); got != "<pre>"+strings.ReplaceAll(strings.ReplaceAll(deep, ">", "&gt;"), "<", "&lt;")+"</pre>" {
		t.Errorf("too deep: %s", got)
	}
}
