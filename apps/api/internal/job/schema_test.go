package job_test

import (
	"testing"

	"cardwall/migrations"
	"cardwall/packages/job/jobtest"
)

func TestTablesAreThoseThatTheLibraryWants(t *testing.T) {
	t.Parallel()
	jobtest.CheckTables(t, migrations.Kanban, "kanban")
}
