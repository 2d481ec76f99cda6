package pgserver

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// rootsFolder is where a server that root starts keeps its data when the project lies where the
// server's account can't go. Only root can write there, so nobody can prepare a trap in it.
const rootsFolder = "/var/lib/cardwall-dev"

// serverAccount is whom the server runs as: nil, which is ourselves, unless we are root.
func serverAccount() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		account, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.ParseUint(account.Uid, 10, 32)
		gid, gidErr := strconv.ParseUint(account.Gid, 10, 32)
		if err := errors.Join(uidErr, gidErr); err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New(`a private Postgres can't run as root, and there is no account "postgres" or "nobody" to hand it to`)
}

// Reachable is the folder to use in place of dir for what the server's account must read: dir itself
// when it can be entered all the way down, else one of root's that belongs to this dir alone.
func Reachable(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	account, err := serverAccount()
	if err != nil {
		return "", err
	}
	if account == nil || canEnter(dir, account) {
		return dir, nil
	}
	sum := sha256.Sum256([]byte(dir))
	return filepath.Join(rootsFolder, hex.EncodeToString(sum[:6])), nil
}

// canEnter reports whether the account may pass through dir and everything above it; what isn't there
// yet will be made so that it can.
func canEnter(dir string, account *syscall.Credential) bool {
	for ; ; dir = filepath.Dir(dir) {
		info, err := os.Stat(dir)
		if err != nil && !os.IsNotExist(err) {
			return false
		}
		if err == nil && !mayPass(info, account) {
			return false
		}
		if dir == filepath.Dir(dir) {
			return true
		}
	}
}

func mayPass(info os.FileInfo, account *syscall.Credential) bool {
	const owner, group, others = 0o100, 0o010, 0o001
	needed := os.FileMode(others)
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		switch {
		case stat.Uid == account.Uid:
			needed = owner
		case stat.Gid == account.Gid:
			needed = group
		}
	}
	return info.Mode().Perm()&needed != 0
}

// makeOwn makes a folder that only the server's account can read.
func makeOwn(dir string, account *syscall.Credential) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !os.IsExist(err) {
		return err
	}
	return own(dir, account)
}

func own(path string, account *syscall.Credential) error {
	if account == nil {
		return nil
	}
	if err := os.Lchown(path, int(account.Uid), int(account.Gid)); err != nil {
		return fmt.Errorf("hand %s to the server's account: %w", path, err)
	}
	return nil
}
