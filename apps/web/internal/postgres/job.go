package postgres

import (
	"context"

	"cardwall/packages/postgres"
)

// JobsByState counts the jobs that wait, are at work, or are over and not yet cleared away.
func (s *Store) JobsByState(ctx context.Context) (map[string]int64, error) {
	rows, err := s.queries.JobCountByState(ctx)
	if err != nil {
		return nil, postgres.Error(err)
	}
	jobs := make(map[string]int64, len(rows))
	for _, row := range rows {
		jobs[row.State] = row.Jobs
	}
	return jobs, nil
}
