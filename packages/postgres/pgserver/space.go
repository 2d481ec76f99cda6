//go:build linux || darwin

package pgserver

import "syscall"

// freeSpace is how many bytes may still be written to a file system, 0 when it doesn't say.
func freeSpace(dir string) uint64 {
	var stat syscall.Statfs_t
	if err := syscall.Statfs(dir, &stat); err != nil {
		return 0
	}
	return stat.Bavail * uint64(stat.Bsize)
}
