package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
)

// queries is where the api's SQL is, from the root of the workspace.
const queries = "apps/api/internal/postgres/query/*.sql"

var (
	heading   = regexp.MustCompile(`(?m)^-- name: (\w+) :\w+$`)
	parameter = regexp.MustCompile(`@(\w+)`)
)

// statement is one of the api's, as Postgres takes it.
type statement struct {
	sql        string
	parameters []string // the names of $1, $2 …
}

// statements are the api's, by their names.
type statements map[string]statement

// readStatements reads the api's own SQL, so that what is measured beside the api is what the api says.
func readStatements() (statements, error) {
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
	return all, all.check()
}

// check tells which of those that bare SQL is made of have gone, so that it follows the api.
func (all statements) check() error {
	for _, name := range []string{
		"BoardLock", "CardGet", "CardGapAtEnd", "CardGapAfter", "CardMove", "CardCreate", "ActivityCreate",
		"BoardGet", "ColumnListByBoard", "CardListByBoard",
	} {
		if _, there := all[name]; !there {
			return fmt.Errorf("the api has no statement %s any more: bare.go must say what it does instead", name)
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

// numbered puts $1, $2 … in the place of names.
func numbered(sql string) statement {
	var s statement
	numbers := map[string]int{}
	s.sql = parameter.ReplaceAllStringFunc(sql, func(named string) string {
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
