package filter_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"cardwall/packages/filter"
)

// term is one without where it stands.
func term(kind filter.Kind, value string) filter.Term { return filter.Term{Kind: kind, Value: value} }

func not(t filter.Term) filter.Term {
	t.Not = true
	return t
}

// asked are a query's terms without where they stand.
func asked(q filter.Query) []filter.Term {
	var terms []filter.Term
	for _, t := range q.Terms {
		t.Span = filter.Span{}
		terms = append(terms, t)
	}
	return terms
}

func TestLines(t *testing.T) {
	t.Parallel()
	text := func(value string) filter.Term { return term(filter.Text, value) }
	for line, want := range map[string]struct {
		canonical string
		terms     []filter.Term
	}{
		"":                          {"", nil},
		" \t\n ":                    {"", nil},
		"rain":                      {"rain", []filter.Term{text("rain")}},
		"  rain   snow ":            {"rain snow", []filter.Term{text("rain"), text("snow")}},
		`"heavy  rain"`:             {`"heavy rain"`, []filter.Term{text("heavy rain")}},
		`"rain"`:                    {"rain", []filter.Term{text("rain")}},
		"“heavy rain”":              {`"heavy rain"`, []filter.Term{text("heavy rain")}},
		"„heavy rain“":              {`"heavy rain"`, []filter.Term{text("heavy rain")}},
		`"say ""hi"""`:              {`"say ""hi"""`, []filter.Term{text(`say "hi"`)}},
		`“say ""hi""”`:              {`"say """"hi"""""`, []filter.Term{text(`say ""hi""`)}},
		"‟heavy rain“":              {`"heavy rain"`, []filter.Term{text("heavy rain")}},
		`label:bug`:                 {"label:bug", []filter.Term{term(filter.Label, "bug")}},
		`LABEL:Bug`:                 {"label:Bug", []filter.Term{term(filter.Label, "Bug")}},
		`label:"on hold"`:           {`label:"on hold"`, []filter.Term{term(filter.Label, "on hold")}},
		`label:"bug"`:               {"label:bug", []filter.Term{term(filter.Label, "bug")}},
		`label:-1`:                  {"label:-1", []filter.Term{term(filter.Label, "-1")}},
		`label:a:b`:                 {"label:a:b", []filter.Term{term(filter.Label, "a:b")}},
		`col:"In review"`:           {`col:"In review"`, []filter.Term{term(filter.Column, "In review")}},
		"due:Overdue":               {"due:overdue", []filter.Term{term(filter.Due, filter.Overdue)}},
		"due:today due:week":        {"due:today due:week", []filter.Term{term(filter.Due, filter.Today), term(filter.Due, filter.Week)}},
		`due:"none"`:                {"due:none", []filter.Term{term(filter.Due, filter.None)}},
		"is:archived":               {"is:archived", []filter.Term{term(filter.Is, filter.Archived)}},
		"@me":                       {"@me", []filter.Term{term(filter.Person, "me")}},
		`@"Ada Lovelace"`:           {`@"Ada Lovelace"`, []filter.Term{term(filter.Person, "Ada Lovelace")}},
		"-rain":                     {"-rain", []filter.Term{not(text("rain"))}},
		"-@ada":                     {"-@ada", []filter.Term{not(term(filter.Person, "ada"))}},
		`-label:"on hold"`:          {`-label:"on hold"`, []filter.Term{not(term(filter.Label, "on hold"))}},
		`"-rain"`:                   {`"-rain"`, []filter.Term{text("-rain")}},
		"--rain":                    {`-"-rain"`, []filter.Term{not(text("-rain"))}},
		`"@ada"`:                    {`"@ada"`, []filter.Term{text("@ada")}},
		`"label:bug"`:               {`"label:bug"`, []filter.Term{text("label:bug")}},
		"https://example.org":       {"https://example.org", []filter.Term{text("https://example.org")}},
		"10:30 #12 C++ a-b ada@b.c": {"10:30 #12 C++ a-b ada@b.c", []filter.Term{text("10:30"), text("#12"), text("C++"), text("a-b"), text("ada@b.c")}},
		`100% a_b c\d`:              {`100% a_b c\d`, []filter.Term{text("100%"), text("a_b"), text(`c\d`)}},
		"גינה 🌱 庭":                  {"גינה 🌱 庭", []filter.Term{text("גינה"), text("🌱"), text("庭")}},
		"rain label:bug":            {"rain label:bug", []filter.Term{text("rain"), term(filter.Label, "bug")}},
	} {
		q, err := filter.Parse(line)
		if err != nil || !reflect.DeepEqual(asked(q), want.terms) || q.String() != want.canonical {
			t.Errorf("%q: %+v, %q, %v", line, q, q, err)
			continue
		}
		again, err := filter.Parse(q.String())
		if err != nil || !reflect.DeepEqual(asked(again), want.terms) {
			t.Errorf("%q was written as %q, which is %+v, %v", line, q, again, err)
		}
	}
}

func TestErrorsPointAtTheWord(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]struct {
		code, at, nearest string
	}{
		"rain labl:bug":                  {"unknown_filter", "labl:", "label:"},
		"-labl:bug":                      {"unknown_filter", "labl:", "label:"},
		"l:bug":                          {"unknown_filter", "l:", "label:"},
		"deu:today":                      {"unknown_filter", "deu:", "due:"},
		"COLUMN:Done":                    {"unknown_filter", "COLUMN:", ""},
		"foo:bar":                        {"unknown_filter", "foo:", ""},
		"text:bar":                       {"unknown_filter", "text:", ""},
		"גינה фу:bar":                    {"unknown_filter", "фу:", ""},
		"🌱🌱 due:tomorow":                 {"not_offered", "due:tomorow", ""},
		"due:overdu rain":                {"not_offered", "due:overdu", "due:overdue"},
		"due:wek":                        {"not_offered", "due:wek", "due:week"},
		"-is:open":                       {"not_offered", "-is:open", ""},
		"is:archive":                     {"not_offered", "is:archive", "is:archived"},
		"rain -is:archivd":               {"not_offered", "-is:archivd", "-is:archived"},
		"label: bug":                     {"required", "label:", ""},
		`col:""`:                         {"required", `col:""`, ""},
		`rain ""`:                        {"required", `""`, ""},
		`rain "  "`:                      {"required", `"  "`, ""},
		"rain - snow":                    {"required", "-", ""},
		"-@":                             {"required", "-@", ""},
		`rain "heavy snow`:               {"unbalanced", `"heavy snow`, ""},
		`label:"bug due:today`:           {"unbalanced", `label:"bug due:today`, ""},
		`rain"snow`:                      {"unbalanced", `"`, ""},
		`"rain"snow`:                     {"unbalanced", `s`, ""},
		"rain\x00":                       {"not_text", "\x00", ""},
		"rain \u202egnal":                {"not_text", "\u202e", ""},
		"rain \xff":                      {"not_text", "\xff", ""},
		"גינה 🌱\u202e":                   {"not_text", "\u202e", ""},
		strings.Repeat("ä", 501):         {"too_long", "ä", ""},
		strings.Repeat("a ", 20) + "b c": {"too_many_terms", "b c", ""},
	} {
		q, err := filter.Parse(line)
		var wrong *filter.Error
		if !errors.As(err, &wrong) {
			t.Errorf("%q is %+v", line, q)
			continue
		}
		letters := []rune(line)
		if wrong.Code != want.code || wrong.Nearest != want.nearest || string(letters[wrong.Offset:wrong.Offset+wrong.Length]) != string([]rune(want.at)) {
			t.Errorf("%q: %+v", line, wrong)
		}
		meant := string(letters[:wrong.Offset]) + wrong.Nearest + string(letters[wrong.Offset+wrong.Length:])
		if _, err := filter.Parse(meant); wrong.Nearest != "" && err != nil {
			t.Errorf("%q was perhaps meant to be %q, which makes no sense either: %v", line, meant, err)
		}
		if wrong.Error() != wrong.Detail || !strings.HasSuffix(wrong.Detail, ".") && !strings.HasSuffix(wrong.Detail, "?") {
			t.Errorf("%q: %q", line, wrong.Detail)
		}
	}
}

func TestErrorsSayWhatToDo(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"-":           "Say after the minus what the cards are not to be.",
		"-@":          "Say after @ what you are looking for.",
		"-label:":     "Say after label: what you are looking for.",
		`-""`:         "There is nothing between the quotation marks.",
		"due:tomorow": "After due: comes overdue, today, week or none.",
		"due:wek":     "After due: comes overdue, today, week or none. Did you mean week?",
		"is:archivd":  "After is: comes archived.", // which is all that could be meant
		"labl:bug":    "Cards can't be filtered by labl:. Did you mean label:? To look for the words, put them in quotation marks.",
		"foo:bar":     "Cards can't be filtered by foo:, only by label:, col:, due: and is:. To look for the words, put them in quotation marks.",
	} {
		if _, err := filter.Parse(line); err == nil || err.Error() != want {
			t.Errorf("%q: %v", line, err)
		}
	}
}

func TestTheLongestLineAndTheMostTermsAreRead(t *testing.T) {
	t.Parallel()
	for _, line := range []string{strings.Repeat("ä", 500), strings.Repeat("ab ", 20)} {
		if _, err := filter.Parse(line); err != nil {
			t.Error(err)
		}
	}
}

func TestEachTermHasAChipWithTheLineLessIt(t *testing.T) {
	t.Parallel()
	q, err := filter.Parse(`rain  -Label:"on hold" DUE:Today`)
	if err != nil {
		t.Fatal(err)
	}
	var chips, without []string
	for i, term := range q.Terms {
		chips, without = append(chips, term.String()), append(without, q.Without(i).String())
	}
	if want := []string{"rain", `-label:"on hold"`, "due:today"}; !slices.Equal(chips, want) {
		t.Errorf("chips %q", chips)
	}
	if want := []string{`-label:"on hold" due:today`, "rain due:today", `rain -label:"on hold"`}; !slices.Equal(without, want) {
		t.Errorf("without %q", without)
	}
	if got := q.String(); got != `rain -label:"on hold" due:today` {
		t.Errorf("afterwards %q", got)
	}
	if q.Terms[1].Span != (filter.Span{Offset: 6, Length: 16}) {
		t.Errorf("the label stands at %+v", q.Terms[1].Span)
	}
}

func TestAsks(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]bool{"is:archived": true, "rain is:Archived": true, "-is:archived": false, "archived": false} {
		q, err := filter.Parse(line)
		if err != nil || q.Asks(filter.Is, filter.Archived) != want {
			t.Errorf("%q: %v", line, err)
		}
	}
}
