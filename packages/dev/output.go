package dev

import (
	"bytes"
	"io"
	"sync"
)

// labelled passes a process's output on, whole lines only, each behind the process's name.
type labelled struct {
	mu    sync.Mutex
	label []byte
	part  []byte
	to    io.Writer
}

func newLabelled(name string, to io.Writer) *labelled {
	return &labelled{label: []byte(name + " │ "), to: to}
}

// Write holds back the last line until its end comes.
func (l *labelled) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.part = append(l.part, p...)
	end := bytes.LastIndexByte(l.part, '\n') + 1
	if end == 0 {
		return len(p), nil
	}
	var text []byte
	for line := range bytes.Lines(l.part[:end]) {
		text = append(append(text, l.label...), line...)
	}
	l.part = append([]byte(nil), l.part[end:]...)
	_, err := l.to.Write(text)
	return len(p), err
}

// together lets several processes write to one place without mixing their lines.
type together struct {
	mu sync.Mutex
	to io.Writer
}

// Write writes p in one piece.
func (t *together) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.to.Write(p)
}
