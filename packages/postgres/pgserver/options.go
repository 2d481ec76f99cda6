package pgserver

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

// inMemory is where Linux keeps files in memory; roomNeeded is how many bytes a cluster for tests may take.
const (
	inMemory   = "/dev/shm"
	roomNeeded = 1 << 30
)

// cluster works out where the data goes, and which folder to remove at the end, if any.
func (o Options) cluster() (c cluster, remove string, err error) {
	account, err := serverAccount()
	if err != nil {
		return cluster{}, "", err
	}
	version, err := majorVersion(o.BinDir)
	if err != nil {
		return cluster{}, "", err
	}
	c = cluster{binDir: o.BinDir, durable: o.Durable, account: account}
	if o.Dir == "" {
		c.dir, err = os.MkdirTemp(o.temporary(), "cardwall-postgres-")
		return c, c.dir, err
	}
	dir, err := Reachable(o.Dir)
	c.dir = filepath.Join(dir, fmt.Sprintf("pg%d", version))
	return c, "", err
}

// temporary is in memory unless the data should be durable: a measurement wants a disk's times.
func (o Options) temporary() string {
	if o.Durable {
		return os.TempDir()
	}
	if info, err := os.Stat(inMemory); err == nil && info.IsDir() && freeSpace(inMemory) >= roomNeeded {
		return inMemory
	}
	return os.TempDir()
}

// settings are the server's, on its command line.
func settings(port int, durable bool) []string {
	all := []string{
		"-p", strconv.Itoa(port),
		"-c", "listen_addresses=127.0.0.1",
		"-c", "unix_socket_directories=",
		"-c", "jit=off",
	}
	if durable {
		return all
	}
	return append(all,
		"-c", "fsync=off",
		"-c", "full_page_writes=off",
		"-c", "synchronous_commit=off",
		"-c", "wal_level=minimal",
		"-c", "max_wal_senders=0",
		"-c", "autovacuum=off", // it would hold on to templates; test databases don't live long enough to need it
		"-c", "max_connections=300",
		"-c", "shared_buffers=64MB",
	)
}
