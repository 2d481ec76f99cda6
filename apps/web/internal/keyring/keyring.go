package keyring

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"cardwall/packages/problem"
	"cardwall/packages/token"
)

const reloadEvery = time.Minute // a rotation publishes a key for longer than this before it signs

// Config is what a Keyring is made of; every field is required but ReloadEvery.
type Config struct {
	Store         Store
	EncryptionKey EncryptionKey
	Issuer        string // of the tokens: PUBLIC_URL
	Audience      string // of the tokens: cardwall-api
	Log           *slog.Logger
	ReloadEvery   time.Duration // default: a minute
}

// Keyring mints tokens with the active key and publishes all keys. Safe for concurrent use.
type Keyring struct {
	config Config
	loaded atomic.Pointer[ring]
	reuse  *Reuse
}

// ring is one state of the keys; a reload replaces it as a whole.
type ring struct {
	minter *token.Minter
	active string
	jwks   []byte
}

// Open makes the first signing key if there is none, and loads all. It fails when the database is away
// (problem.Unavailable) and when the EncryptionKey is not the one that the keys were sealed with.
func Open(ctx context.Context, c Config) (*Keyring, error) {
	if c.ReloadEvery == 0 {
		c.ReloadEvery = reloadEvery
	}
	k := &Keyring{config: c, reuse: NewReuse()}
	if err := c.Store.EnsureActiveKey(ctx, k.generate); err != nil {
		return nil, fmt.Errorf("first signing key: %w", err)
	}
	return k, k.Reload(ctx)
}

// Mint is a token for a person, signed by the active key, that lives for 60 to 90 seconds: a fresh one is given out again.
func (k *Keyring) Mint(p token.Person) (string, error) {
	active := k.loaded.Load()
	minted, err := k.reuse.Mint(active.active, p, active.minter.Mint)
	if err != nil {
		return "", problem.New(problem.Unavailable, "no_token", "Cardwall can't vouch for you just now. Please try again in a moment.").
			Because(err).After(time.Second)
	}
	return minted, nil
}

// JWKS is the document with the public half of every key that a live token may carry, or soon will (RFC 7517 §5).
func (k *Keyring) JWKS() []byte { return k.loaded.Load().jwks }

// Run reloads the keys every minute until the context ends. A reload that fails keeps the last good keys.
func (k *Keyring) Run(ctx context.Context) {
	tick := time.NewTicker(k.config.ReloadEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := k.Reload(ctx); err != nil && ctx.Err() == nil {
				k.config.Log.WarnContext(ctx, "signing keys not reloaded; the last good ones stay", "err", err)
			}
		}
	}
}

// Reload reads the keys anew. On an error, as Open gives it, the last good keys stay.
func (k *Keyring) Reload(ctx context.Context) error {
	kept, err := k.config.Store.SigningKeys(ctx)
	if err != nil {
		return fmt.Errorf("signing keys: %w", err)
	}
	fresh := &ring{}
	var public []token.PublicKey
	for _, key := range kept {
		opened, err := k.open(key)
		if err != nil {
			return err
		}
		public = append(public, opened.Public())
		if key.State == Active {
			fresh.active = key.ID
			fresh.minter, err = token.NewMinter(token.MinterConfig{Issuer: k.config.Issuer, Audience: k.config.Audience, Key: &opened})
			if err != nil {
				return fmt.Errorf("minter: %w", err)
			}
		}
	}
	if fresh.minter == nil {
		return errors.New("none of the signing keys in the database is active")
	}
	if fresh.jwks, err = token.JWKS(public...); err != nil {
		return fmt.Errorf("published keys: %w", err)
	}
	k.swap(fresh)
	return nil
}

func (k *Keyring) swap(fresh *ring) {
	before := k.loaded.Swap(fresh)
	if before == nil || before.active != fresh.active {
		k.config.Log.Info("signing with key", "kid", fresh.active)
	}
}

func (k *Keyring) generate() (SealedKey, error) {
	key, err := token.GenerateSigningKey()
	if err != nil {
		return SealedKey{}, err
	}
	sealed, err := k.config.EncryptionKey.seal(key.ID(), key.Seed())
	return SealedKey{ID: key.ID(), State: Active, Public: key.Public().Bytes(), Sealed: sealed}, err
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
