package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// table is one part of the report, in Markdown.
type table struct {
	title string
	head  []string
	rows  [][]string
	notes []string // what has to be known to read it
}

func (t table) print(w io.Writer) {
	_, _ = fmt.Fprintf(w, "\n### %s\n\n", t.title)
	t.line(w, t.head)
	rule := make([]string, len(t.head))
	for i := range rule {
		rule[i] = "---"
	}
	t.line(w, rule)
	for _, row := range t.rows {
		t.line(w, row)
	}
	for _, note := range t.notes {
		_, _ = fmt.Fprintf(w, "\n%s\n", note)
	}
}

func (t table) line(w io.Writer, cells []string) {
	_, _ = fmt.Fprintf(w, "| %s |\n", strings.Join(cells, " | "))
}

func millis(d time.Duration) string {
	ms := float64(d) / float64(time.Millisecond)
	if ms < 10 {
		return fmt.Sprintf("%.2f", ms)
	}
	return fmt.Sprintf("%.0f", ms)
}

func micros(d time.Duration) string { return fmt.Sprintf("%.0f", float64(d)/float64(time.Microsecond)) }

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }

func megabytes(bytes float64) string { return fmt.Sprintf("%.1f MB", bytes/1e6) }
