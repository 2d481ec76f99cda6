package keyring

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
)

// EncryptionKey is KEY_ENCRYPTION_KEY: 32 bytes, in base64 where it is text. It seals the signing keys by
// AES-256-GCM. The zero value is no key.
type EncryptionKey [32]byte

// UnmarshalText reads the key from its base64 form, standard or URL-safe, padded or not.
func (k *EncryptionKey) UnmarshalText(text []byte) error {
	for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding, base64.RawURLEncoding} {
		if raw, err := encoding.DecodeString(string(text)); err == nil && len(raw) == len(k) {
			copy(k[:], raw)
			return nil
		}
	}
	return errors.New("must be 32 random bytes in base64; `openssl rand -base64 32` makes some")
}

// Format shows nothing of the key under any verb, so that no log can.
func (k EncryptionKey) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "an encryption key") }

// seal encrypts a private key; the id is bound to it, so that rows can't be swapped.
func (k EncryptionKey) seal(id string, private []byte) ([]byte, error) {
	gcm, err := k.gcm()
	if err != nil {
		return nil, err
	}
	return gcm.Seal(nil, nil, private, []byte(id)), nil
}

func (k EncryptionKey) open(id string, sealed []byte) ([]byte, error) {
	gcm, err := k.gcm()
	if err != nil {
		return nil, err
	}
	return gcm.Open(nil, nil, sealed, []byte(id))
}

func (k EncryptionKey) gcm() (cipher.AEAD, error) {
	if k == (EncryptionKey{}) {
		return nil, errors.New("KEY_ENCRYPTION_KEY is not set")
	}
	block, err := aes.NewCipher(k[:])
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}
