package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
)

// Where the apps' SQL is, from the root of the workspace.
const (
	apiQueries = "apps/api/internal/postgres/query/*.sql"
	webQueries = "apps/web/internal/postgres/query/*.sql"
)

var (
	heading   = regexp.MustCompile(`(?m)^-- name: (\w+) :\w+$`)
	parameter = regexp.MustCompile(`@(\w+)`)
	nullable  = regexp.MustCompile(`sqlc\.narg\('(\w+)'\)`)
	embed     = regexp.MustCompile(`sqlc\.embed\((\w+)\)`)
)

// statement is one of an app's, as Postgres takes it.
type statement struct {
	sql        string
	parameters []string // the names of $1, $2 …
}

// statements are an app's, by their names.
type statements map[string]statement

// readStatements reads an app's own SQL, so that what is measured beside the app is what the app says.
func readStatements(queries string, needed ...string) (statements, error) {
	files, err := filepath.Glob(queries)
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no SQL at %s: bench runs at the root of the workspace", queries)
	}
	all := statements{}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		all.add(string(raw))
	}
	return all, all.check(needed)
}

// check tells which of those that bare SQL is made of have gone, so that it follows the app.
func (all statements) check(needed []string) error {
	for _, name := range needed {
		if _, there := all[name]; !there {
			return fmt.Errorf("the app has no statement %s any more: bench must say what it does instead", name)
		}
	}
	return nil
}

// add takes a file apart at its headings, as sqlc does.
func (all statements) add(source string) {
	headings := heading.FindAllStringSubmatchIndex(source, -1)
	for i, h := range headings {
		end := len(source)
		if i+1 < len(headings) {
			end = headings[i+1][0]
		}
		all[source[h[2]:h[3]]] = numbered(source[h[1]:end])
	}
}

// numbered puts $1, $2 … in the place of names, nullable ones too, and a table's columns where sqlc makes a type of them.
func numbered(sql string) statement {
	var s statement
	numbers := map[string]int{}
	plain := nullable.ReplaceAllString(embed.ReplaceAllString(sql, "$1.*"), "@$1")
	s.sql = parameter.ReplaceAllStringFunc(plain, func(named string) string {
		name := named[1:]
		if numbers[name] == 0 {
			s.parameters = append(s.parameters, name)
			numbers[name] = len(s.parameters)
		}
		return fmt.Sprintf("$%d", numbers[name])
	})
	return s
}

// arguments puts values into the order of the parameters.
func (s statement) arguments(values map[string]any) []any {
	out := make([]any, len(s.parameters))
	for i, name := range s.parameters {
		out[i] = values[name]
	}
	return out
}
