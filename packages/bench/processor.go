package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// spent is the processors' time that something took, of all who share them.
type spent struct{ api, postgres, load time.Duration }

// spent tells what has been spent so far: by the api that is asked directly, by all of Postgres, and by the load itself.
func (s *site) spent(ctx context.Context) (spent, error) {
	database, err := serverSpent(ctx, s.pool)
	if err != nil {
		return spent{}, err
	}
	return spent{api: s.alone.processor(), postgres: database, load: ownSpent()}, nil
}

// ownSpent is what this program has had.
func ownSpent() time.Duration { return ticks(procStat(os.Getpid()), 11, 12) }

// spentOnEvents is what those have had who hand events on: the api behind web, web, and the load that reads them.
func (s *site) spentOnEvents() [3]time.Duration {
	return [3]time.Duration{s.behind.processor(), s.web.processor(), ownSpent()}
}

// each is what one took of what n took since before.
func (s spent) each(before spent, n int64) spent {
	of := time.Duration(n)
	return spent{api: (s.api - before.api) / of, postgres: (s.postgres - before.postgres) / of, load: (s.load - before.load) / of}
}

func (s spent) String() string {
	return micros(s.api) + " / " + micros(s.postgres) + " / " + micros(s.load)
}

// serverSpent is what the server's processes have had of the processors, those that have ended too; 0 where the system doesn't tell.
func serverSpent(ctx context.Context, pool *pgxpool.Pool) (time.Duration, error) {
	var backend int
	if err := pool.QueryRow(ctx, "SELECT pg_backend_pid()").Scan(&backend); err != nil {
		return 0, err
	}
	fields := procStat(backend)
	if fields == nil {
		return 0, nil
	}
	postmaster := fields[1] // the parent
	of, err := strconv.Atoi(postmaster)
	if err != nil {
		return 0, fmt.Errorf("the parent of process %d: %w", backend, err)
	}
	sum := ticks(procStat(of), 11, 12, 13, 14) // with its children that have ended
	children, err := os.ReadFile("/proc/" + postmaster + "/task/" + postmaster + "/children")
	if err != nil {
		return 0, err
	}
	for _, child := range strings.Fields(string(children)) {
		if pid, err := strconv.Atoi(child); err == nil {
			sum += ticks(procStat(pid), 11, 12)
		}
	}
	return sum, nil
}

// procStat are the fields of a process behind its name, from the third on (proc(5)); nil for none.
func procStat(pid int) []string {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return nil
	}
	_, behind, _ := strings.Cut(string(stat), ") ")
	fields := strings.Fields(behind)
	if len(fields) < 15 {
		return nil
	}
	return fields
}

// ticks adds up times that the system counts in hundredths of a second (USER_HZ on Linux).
func ticks(fields []string, places ...int) time.Duration {
	var sum int
	for _, place := range places {
		if fields == nil {
			break
		}
		n, _ := strconv.Atoi(fields[place])
		sum += n
	}
	return time.Duration(sum) * 10 * time.Millisecond
}

// medianSpent takes the median of each.
func medianSpent(all []spent) spent {
	of := func(part func(spent) time.Duration) time.Duration { return median(each(all, part)) }
	return spent{
		api: of(func(s spent) time.Duration { return s.api }), postgres: of(func(s spent) time.Duration { return s.postgres }),
		load: of(func(s spent) time.Duration { return s.load }),
	}
}
