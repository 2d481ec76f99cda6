package dev

import (
	"reflect"
	"testing"
)

func TestPlanFor(t *testing.T) {
	t.Parallel()
	both := []string{api, web}
	for file, want := range map[string]plan{
		"apps/web/internal/board/board.templ":       {templates: true, apps: []string{web}},
		"apps/api/internal/rest/docs.templ":         {templates: true, apps: []string{api}},
		"apps/web/internal/board/board_templ.go":    {},
		"apps/web/internal/board/board.go":          {apps: []string{web}},
		"apps/web/internal/board/board_test.go":     {},
		"apps/web/e2e/board.go":                     {},
		"apps/web/assets/css/card.css":              {bundle: true, apps: []string{web}},
		"apps/web/assets/js/drag.js":                {bundle: true, apps: []string{web}},
		"apps/web/assets/package-lock.json":         {packages: true, bundle: true, apps: []string{web}},
		"apps/web/assets/assets.go":                 {apps: []string{web}},
		"apps/api/internal/postgres/query/card.sql": {apps: []string{api}},
		"apps/api/go.mod":                           {apps: []string{api}},
		"packages/token/mint.go":                    {apps: both},
		"packages/kanbanapi/openapi.yaml":           {apps: both},
		"packages/dev/run.go":                       {},
		"packages/fakeidp/token.go":                 {},
		"packages/tools/go.mod":                     {},
		"migrations/kanban/00002_cards.sql":         {apps: both},
		"README.md":                                 {},
		"go.work":                                   everything(),
	} {
		if got := planFor([]string{file}); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, want %+v", file, got, want)
		}
	}
}

func TestPlansOfSeveralFilesAddUp(t *testing.T) {
	t.Parallel()
	got := planFor([]string{"apps/web/a.templ", "apps/web/b.go", "migrations/auth/1.sql", "README.md"})
	if want := (plan{templates: true, apps: []string{api, web}}); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
