package markdown

import (
	"html"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// Task is one box of a text's task lists.
type Task struct {
	Done bool
	Text string // the words beside it, shortened
	at   int    // of the byte in the text that says whether it is done
}

// Tasks lists the boxes of a text, in order.
func Tasks(source string) []Task {
	if unreadable(source) {
		return nil
	}
	raw := []byte(source)
	return tasksOf(parse(raw, Options{}), raw)
}

// Progress counts the boxes of a text: how many are done, of how many.
func Progress(tasks []Task) (done, all int) {
	for _, t := range tasks {
		if t.Done {
			done++
		}
	}
	return done, len(tasks)
}

// SetTask is the text with one of its boxes ticked or empty; nothing else of it changes.
func SetTask(source string, t Task, done bool) string {
	mark := " "
	if done {
		mark = "x"
	}
	return source[:t.at] + mark + source[t.at+1:]
}

func tasksOf(tree ast.Node, source []byte) []Task {
	var tasks []Task
	_ = ast.Walk(tree, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the walker never fails
		box, ok := n.(*extast.TaskCheckBox)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		at := n.Parent().Lines().At(0).Start
		for source[at] != '[' {
			at++
		}
		tasks = append(tasks, Task{Done: box.IsChecked, Text: words(n.Parent(), source), at: at + 1})
		return ast.WalkContinue, nil
	})
	return tasks
}

const mostWords = 120 // characters of a task that name it

func words(n ast.Node, source []byte) string {
	var said strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the walker never fails
		if t, ok := n.(*ast.Text); ok && entering {
			said.Write(t.Segment.Value(source))
			if t.SoftLineBreak() || t.HardLineBreak() {
				said.WriteByte(' ')
			}
		}
		return ast.WalkContinue, nil
	})
	line := []rune(strings.Join(strings.Fields(strings.ToValidUTF8(said.String(), "")), " "))
	return string(line[:min(len(line), mostWords)])
}

var box = regexp.MustCompile(`<input[^>]*> ?`)

// boxes puts into clean HTML what people can use in the place of each box. There is no other "<input" in it: what was
// typed can't make one.
func boxes(clean []byte, tasks []Task, tickable bool) string {
	next := 0
	return string(box.ReplaceAllFunc(clean, func([]byte) []byte {
		if next >= len(tasks) {
			return nil
		}
		next++
		return []byte(tasks[next-1].box(next-1, tickable))
	}))
}

func (t Task) box(index int, tickable bool) string {
	name := html.EscapeString(t.Text)
	if !tickable {
		checked := ""
		if t.Done {
			checked = " checked"
		}
		return `<input class="tick" type="checkbox" disabled` + checked + ` aria-label="` + name + `">`
	}
	tick := Tick{Index: index, Done: !t.Done, Text: t.Text}
	return `<button class="tick" name="tick" value="` + html.EscapeString(tick.String()) + `" role="checkbox" aria-checked="` +
		strconv.FormatBool(t.Done) + `" aria-label="` + name + `"></button>`
}
