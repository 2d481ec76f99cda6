package main

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"
)

// tally counts the requests that should have led to a look-up in Postgres, and those that web should have answered
// from memory.
type tally struct{ asked, kept atomic.Int64 }

// settle waits until Postgres has counted the look-ups, which its connections report when they close.
func (l *lookUps) settle(ctx context.Context) error {
	l.pool.Reset()
	late := time.After(5 * time.Second)
	for {
		var counted int64
		err := l.pool.QueryRow(ctx, "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'sessions_pkey'").Scan(&counted)
		if err != nil {
			return err
		}
		wrong := l.check(counted)
		if wrong == nil {
			return nil
		}
		select {
		case <-time.After(100 * time.Millisecond):
		case <-late:
			return wrong
		}
	}
}

// check holds both against what Postgres counted. One in twenty may be a kept one's: each is asked for every 5 s, and
// when its cell begins.
func (t *tally) check(counted int64) error {
	asked, kept := t.asked.Load(), t.kept.Load()
	if counted < asked || counted > asked+kept/20 {
		return fmt.Errorf("postgres looked sessions up %d times for %d that had to be asked for and %d that were kept: something else was measured",
			counted, asked, kept)
	}
	return nil
}
