package keyring

import (
	"bytes"
	"fmt"

	"cardwall/packages/token"
)

// generate makes a key and seals it.
func (k *Keyring) generate() (SealedKey, error) {
	key, err := token.GenerateSigningKey()
	if err != nil {
		return SealedKey{}, err
	}
	sealed, err := k.config.EncryptionKey.seal(key.ID(), key.Seed())
	return SealedKey{Term: token.Term{ID: key.ID()}, Public: key.Public().Bytes(), Sealed: sealed}, err
}

func (k *Keyring) openAll(kept Kept) ([]token.SigningKey, error) {
	keys := make([]token.SigningKey, len(kept.Keys))
	for i, sealed := range kept.Keys {
		key, err := k.open(sealed)
		if err != nil {
			return nil, err
		}
		keys[i] = key
	}
	return keys, nil
}

// open unseals a key and holds it against its public half.
func (k *Keyring) open(sealed SealedKey) (token.SigningKey, error) {
	seed, err := k.config.EncryptionKey.open(sealed.ID, sealed.Sealed)
	if err != nil {
		return token.SigningKey{}, fmt.Errorf("KEY_ENCRYPTION_KEY doesn't open the signing keys in this database: set the one they were sealed with (%w)", err)
	}
	key, err := token.ParseSigningKey(seed)
	if err != nil {
		return key, fmt.Errorf("signing key %s: %w", sealed.ID, err)
	}
	if key.ID() != sealed.ID || !bytes.Equal(key.Public().Bytes(), sealed.Public) {
		return key, fmt.Errorf("signing key %s: its public half is another key's", sealed.ID)
	}
	return key, nil
}
