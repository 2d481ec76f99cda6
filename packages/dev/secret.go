package dev

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// keyEncryptionKey is what web seals its signing keys with, 32 random bytes in base64: made once and
// kept where only the developer can read it.
func keyEncryptionKey(dataDir string) (string, error) {
	file := filepath.Join(dataDir, "key-encryption-key")
	content, err := os.ReadFile(file)
	if err == nil {
		return strings.TrimSpace(string(content)), nil
	}
	if !os.IsNotExist(err) {
		return "", err
	}
	if err := os.MkdirAll(dataDir, 0o755); err != nil {
		return "", fmt.Errorf("make a folder for development's data: %w", err)
	}
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails, says its documentation
	key := base64.StdEncoding.EncodeToString(raw)
	return key, os.WriteFile(file, []byte(key+"\n"), 0o600)
}
