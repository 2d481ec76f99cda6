package mail

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"cardwall/apps/web/internal/identity"
)

// Folder is development's post: it prints each letter, and keeps it as a file that mail readers open.
type Folder struct {
	sender Sender
	dir    string
	out    io.Writer
	mu     sync.Mutex
}

// NewFolder makes the post that writes into a folder, which it makes when there is something to put there.
func NewFolder(s Sender, dir string, out io.Writer) *Folder {
	return &Folder{sender: s, dir: dir, out: out}
}

// Send prints and keeps a letter; see identity.Post.
func (f *Folder) Send(ctx context.Context, l identity.Letter) error {
	message, w, err := f.sender.compose(ctx, l)
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return err
	}
	file := filepath.Join(f.dir, l.ID.String()+".eml")
	kept, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if _, err := message.WriteTo(kept); err != nil {
		return fmt.Errorf("write %s: %w", file, err)
	}
	if err := kept.Close(); err != nil {
		return err
	}
	_, err = io.WriteString(f.out, block(l.To, w, file))
	return err
}

// block is a letter as a terminal shows it.
func block(to string, w words, file string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n┌─ mail to %s: %s\n", to, w.Subject)
	for line := range strings.Lines(strings.TrimSuffix(w.text(), "\n")) {
		b.WriteString("│ " + strings.TrimRight(line, " \n") + "\n")
	}
	fmt.Fprintf(&b, "└─ %s\n\n", file)
	return b.String()
}
