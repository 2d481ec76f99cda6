package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// machine is what the numbers depend on.
func machine(ctx context.Context, s server) (table, error) {
	facts := table{title: "Machine", head: []string{"", ""}}
	add := func(name, value string) { facts.rows = append(facts.rows, []string{name, value}) }
	add("processor", fmt.Sprintf("%s, %d cores", processor(), runtime.NumCPU()))
	add("memory", memory())
	add("system", runtime.GOOS+"/"+runtime.GOARCH+", "+runtime.Version())
	err := s.with(ctx, func(conn *pgx.Conn) error {
		settings, err := postgresFacts(ctx, conn)
		add("Postgres", settings)
		return err
	})
	add("load in the minute before", loadBefore())
	add("measured", time.Now().UTC().Format(time.DateOnly))
	return facts, err
}

func postgresFacts(ctx context.Context, conn *pgx.Conn) (string, error) {
	var version, fsync, commit, buffers string
	err := conn.QueryRow(ctx, `SELECT split_part(current_setting('server_version'), ' ', 1), current_setting('fsync'),
		current_setting('synchronous_commit'), current_setting('shared_buffers')`).Scan(&version, &fsync, &commit, &buffers)
	return fmt.Sprintf("%s, fsync %s, synchronous_commit %s, shared_buffers %s", version, fsync, commit, buffers), err
}

const unknown = "unknown"

func processor() string {
	if model, ok := field("/proc/cpuinfo", "model name"); ok {
		return model
	}
	return unknown
}

func memory() string {
	total, ok := field("/proc/meminfo", "MemTotal")
	kib, err := strconv.Atoi(strings.TrimSuffix(total, " kB"))
	if !ok || err != nil {
		return unknown
	}
	return fmt.Sprintf("%.1f GiB", float64(kib)/(1<<20))
}

// loadBefore is the kernel's load average of the minute before: a machine that isn't left alone makes times upper bounds.
func loadBefore() string {
	averages, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return unknown
	}
	minute, _, _ := strings.Cut(string(averages), " ")
	return minute
}

// field finds the value after "name:" in one of the files that Linux keeps its facts in.
func field(file, name string) (string, bool) {
	f, err := os.Open(file)
	if err != nil {
		return "", false
	}
	defer func() { _ = f.Close() }()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		key, value, _ := strings.Cut(lines.Text(), ":")
		if strings.TrimSpace(key) == name {
			return strings.TrimSpace(value), true
		}
	}
	return "", false
}
