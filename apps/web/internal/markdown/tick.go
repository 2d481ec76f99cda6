package markdown

import (
	"strconv"
	"strings"
)

// Tick is a press on a box: which one, and what it is to be.
type Tick struct {
	Index int
	Done  bool
	Text  string // the words beside it, which find it again where boxes were added
}

// String is the tick as its button says it.
func (t Tick) String() string {
	state := "off"
	if t.Done {
		state = "on"
	}
	return strconv.Itoa(t.Index) + " " + state + " " + t.Text
}

// ReadTick reads what a box's button says; false for what none says.
func ReadTick(value string) (Tick, bool) {
	parts := strings.SplitN(value, " ", 3)
	if len(parts) != 3 || parts[1] != "on" && parts[1] != "off" {
		return Tick{}, false
	}
	index, err := strconv.Atoi(parts[0])
	return Tick{index, parts[1] == "on", parts[2]}, err == nil && index >= 0
}

// Find is the box that a tick means, in whatever became of the text; false when it isn't there any more.
func (t Tick) Find(tasks []Task) (Task, bool) {
	if t.Index < len(tasks) && tasks[t.Index].Text == t.Text {
		return tasks[t.Index], true
	}
	for _, task := range tasks {
		if task.Text == t.Text {
			return task, true
		}
	}
	return Task{}, false
}
