package kanbanapi

import (
	"bufio"
	"bytes"
	"io"
	"strconv"
	"time"
)

// message is what stands between two empty lines of an event stream (HTML Living Standard §9.2.6).
type message struct {
	id, event string
	data      []byte
	retry     time.Duration
}

// eventLines reads messages as the api writes them: lines end in LF, and the data is one line.
type eventLines struct{ in *bufio.Reader }

func newEventLines(from io.Reader) eventLines { return eventLines{bufio.NewReader(from)} }

// next waits for the next message, and says of each line that it came. One that isn't whole is an error, io.EOF mostly.
func (l eventLines) next(came func()) (message, error) {
	var m message
	for some := false; ; {
		line, err := l.in.ReadBytes('\n')
		if err != nil {
			return message{}, err
		}
		came()
		line = bytes.TrimSuffix(line, []byte("\n"))
		if len(line) == 0 {
			if some {
				return m, nil
			}
			continue
		}
		some = m.take(line) || some
	}
}

// take reads a line, and reports whether it is more than a comment.
func (m *message) take(line []byte) bool {
	name, value, _ := bytes.Cut(line, []byte(":"))
	value = bytes.TrimPrefix(value, []byte(" "))
	switch string(name) {
	case "id":
		m.id = string(value)
	case "event":
		m.event = string(value)
	case "data":
		m.data = value
	case "retry":
		if ms, err := strconv.Atoi(string(value)); err == nil {
			m.retry = time.Duration(ms) * time.Millisecond
		}
	}
	return len(name) > 0
}
