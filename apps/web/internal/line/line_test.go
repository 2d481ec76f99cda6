package line_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"

	"cardwall/apps/web/internal/line"
	"cardwall/packages/filter"
	"cardwall/packages/problem"
)

func TestALineIsOfTheAddressOrOfTheForm(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ query, form, want string }{
		"address": {"q=+seeds+", "", "seeds"},
		"form":    {"", "q=label%3Abug", "label:bug"},
		"both":    {"q=old", "q=new", "new"},
		"emptied": {"q=old", "q=", ""},
		"neither": {"menu=7", "title=x", ""},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/boards/1?"+c.query, strings.NewReader(c.form))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if err := r.ParseForm(); err != nil || line.Of(r) != c.want {
			t.Errorf("%s: %q, not %q (%v)", name, line.Of(r), c.want, err)
		}
	}
}

func TestALinesAddress(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ address, line, want string }{
		{"/boards/1", "", "/boards/1"},
		{"/boards/1", `a "b c"`, "/boards/1?q=a+%22b+c%22"},
		{"/boards/1?menu=7", "a&b", "/boards/1?menu=7&q=a%26b"},
		{"/boards/1#card-7", "%_\\", "/boards/1?q=%25_%5C#card-7"},
	} {
		if got := line.Address(c.address, c.line); got != c.want {
			t.Errorf("%s with %q is %s, not %s", c.address, c.line, got, c.want)
		}
	}
}

func TestWhatStandsBesideALine(t *testing.T) {
	t.Parallel()
	both := line.Address(line.WithEmpty("/boards/1?menu=7#card-7", true), "a b")
	page, anchor, _ := strings.Cut(both, "#")
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, page, http.NoBody)
	if !line.Empty(r) || line.Of(r) != "a b" || r.URL.Query().Get("menu") != "7" || anchor != "card-7" {
		t.Errorf("the address is %s", both)
	}
	for _, other := range []string{"/boards/1", "/boards/1?empty=", "/boards/1?empty=1", line.WithEmpty("/boards/1", false)} {
		if r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, other, http.NoBody); line.Empty(r) {
			t.Errorf("%s asks for all columns", other)
		}
	}
}

// What is wrong is pointed at, however long the line, and shown without what can't be seen.
func TestAFaultPointsAtTheWord(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 50)
	for name, c := range map[string]struct{ line, before, word, after string }{
		"a word":    {"seeds labl:bug now", "seeds ", "labl:", "bug now"},
		"a quote":   {`seeds "beans`, "seeds ", `"beans`, ""},
		"far in":    {long + " due:never " + long, "…" + long[:39] + " ", "due:never", " " + long[:39] + "…"},
		"unseen":    {"a\u202eb due:never", "a", "□", "b due:never"},
		"no text":   {"a\xffb", "a", "□", "b"},
		"very long": {"due:" + long + long, "", "due:" + long + "xxxxxx…", ""},
		"just long": {long[:39] + " due:" + long + "xxxxxx " + long[:39], long[:39] + " ", "due:" + long + "xxxxxx", " " + long[:39]},
	} {
		read := line.Read(c.line)
		if read.Fault == nil || read.On() || read.Status() != http.StatusBadRequest {
			t.Errorf("%s makes sense", name)
			continue
		}
		if f := read.Fault; f.Before != c.before || f.Word != c.word || f.After != c.after || f.Sentence == "" {
			t.Errorf("%s: %q[%q]%q: %s", name, f.Before, f.Word, f.After, f.Sentence)
		}
		marked := func(of string) int { n, _ := strconv.Atoi(read.Marks()["data-"+of].(string)); return n }
		letters := []rune(strings.ToValidUTF8(c.line, "□"))
		word := strings.Map(unseen, string(letters[marked("at"):marked("at")+marked("length")]))
		if marks := read.Marks(); marks["aria-invalid"] != "true" || marks["autofocus"] != true || !strings.HasPrefix(word, strings.TrimSuffix(c.word, "…")) {
			t.Errorf("%s marks %v: %q", name, marks, word)
		}
	}
}

// unseen is the box that stands for what can't be seen.
func unseen(c rune) rune {
	if c == '\u202e' {
		return '□'
	}
	return c
}

func TestAFaultOfTheAPI(t *testing.T) {
	t.Parallel()
	at := problem.Validation(problem.Field{Field: "q", Code: "no_label", Detail: "No label is called that.", At: &problem.Span{Offset: 2, Length: 9}})
	if f := line.FaultOf("a label:bug b", at); f.Sentence != "No label is called that." || f.Before != "a " || f.Word != "label:bug" || f.After != " b" {
		t.Errorf("%+v", f)
	}
	for name, c := range map[string]struct {
		field        problem.Field
		before, word string
	}{
		"at another field": {problem.Field{Field: "cursor", Code: "odd", Detail: "That is odd.", At: &problem.Span{Offset: 2, Length: 9}}, "", ""},
		"nowhere":          {problem.Field{Field: "q", Code: "odd", Detail: "That is odd."}, "", ""},
		"beyond its end":   {problem.Field{Field: "q", Code: "odd", Detail: "That is odd.", At: &problem.Span{Offset: 9, Length: 3}}, "a b", ""},
		"over its end":     {problem.Field{Field: "q", Code: "odd", Detail: "That is odd.", At: &problem.Span{Offset: 2, Length: 9}}, "a ", "b"},
	} {
		if f := line.FaultOf("a b", problem.Validation(c.field)); f.Sentence == "" || f.Before != c.before || f.Word != c.word || f.After != "" {
			t.Errorf("%s: %+v", name, f)
		}
	}
	if f := line.FaultOf("a", problem.New(problem.Invalid, "odd", "That is odd.")); f.Sentence != "That is odd." || f.Word != "" {
		t.Errorf("%+v", f)
	}
}

func TestALineThatMakesSense(t *testing.T) {
	t.Parallel()
	read := line.Read("seeds is:archived")
	if !read.On() || !read.Archived() || read.Status() != http.StatusOK || read.Marks() != nil || line.Read("").On() || line.Read("seeds").Archived() {
		t.Errorf("%+v", read)
	}
	if typed := ` Label:"bug"  DUE:Today`; line.Read(typed).Line != typed {
		t.Errorf("the field of %q holds %q", typed, line.Read(typed).Line)
	}
	if got := read.With(filter.Due, filter.Today); got != "seeds is:archived due:today" {
		t.Errorf("with one more it is %q", got)
	}
}

func TestEachChipLeadsToTheLineWithoutIt(t *testing.T) {
	t.Parallel()
	var page strings.Builder
	if err := line.Chips(line.Read(`seeds -Label:"on hold"`), "/boards/1#top").Render(t.Context(), &page); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(page.String()))
	if err != nil {
		t.Fatal(err)
	}
	chips := doc.Find("a.chip[data-filters]").Map(func(_ int, s *goquery.Selection) string {
		return strings.Join(strings.Fields(s.Text()), " ") + " → " + s.AttrOr("href", "")
	})
	want := []string{"Without seeds → /boards/1?q=-label%3A%22on+hold%22#top", `Without -label:"on hold" → /boards/1?q=seeds#top`}
	if !slices.Equal(chips, want) {
		t.Errorf("chips %q", chips)
	}
}

// FuzzLine holds any line to this: it comes through an address as it is, and what is wrong with it stands in it.
func FuzzLine(f *testing.F) {
	for _, typed := range []string{"", "seeds", `a "b c"`, "labl:bug", `"`, "%_\\", "a#b?c&q=d", "\u202e due:never", "\xff:", strings.Repeat("x ", 5000)} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		address, err := url.Parse(line.Address("/boards/1?menu=7#card-7", typed))
		if err != nil || address.Query().Get("q") != typed || address.Query().Get("menu") != "7" || address.Fragment != "card-7" {
			t.Fatalf("%q became %v, %v", typed, address, err)
		}
		read := line.Read(typed)
		if read.Line != typed || read.On() && (read.Fault != nil || typed == "") {
			t.Fatalf("%q was read as %+v", typed, read)
		}
		if fault := read.Fault; fault != nil {
			shown := fault.Before + fault.Word + fault.After
			if fault.Sentence == "" || !utf8.ValidString(shown) || utf8.RuneCountInString(shown) > 143 || strings.ContainsAny(shown, "\x00\n\u202e") {
				t.Fatalf("%q is told as %q", typed, shown)
			}
		}
	})
}
