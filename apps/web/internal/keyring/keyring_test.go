package keyring_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"cardwall/apps/web/internal/keyring"
	"cardwall/apps/web/internal/postgres"
	"cardwall/migrations"
	pg "cardwall/packages/postgres"
	"cardwall/packages/postgres/pgtest"
	"cardwall/packages/problem"
	"cardwall/packages/token"
)

func setup(t *testing.T) (*pgxpool.Pool, keyring.Config) {
	t.Helper()
	pool, err := pg.Open(context.Background(), pgtest.New(t, migrations.Auth, postgres.Schema))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool, keyring.Config{
		Store: postgres.New(pool), EncryptionKey: keyring.EncryptionKey{1, 2, 3}, Log: slog.New(slog.DiscardHandler),
		Issuer: "https://cardwall.example", Audience: "cardwall-api",
	}
}

func open(t *testing.T, c keyring.Config) *keyring.Keyring {
	t.Helper()
	ring, err := keyring.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

// kid is the id of the key that a fresh token was signed with.
func kid(t *testing.T, ring *keyring.Keyring) string {
	t.Helper()
	raw, err := ring.Mint(token.Person{ID: uuid.New(), SessionID: uuid.NewString(), Name: "Ines"})
	if err != nil {
		t.Fatal(err)
	}
	parsed, _, err := jwt.NewParser().ParseUnverified(raw, jwt.MapClaims{})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(parsed.Header["kid"])
}

func published(t *testing.T, ring *keyring.Keyring) []string {
	t.Helper()
	var doc struct{ Keys []struct{ Kid, D string } }
	if err := json.Unmarshal(ring.JWKS(), &doc); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, key := range doc.Keys {
		if key.D != "" {
			t.Error("a private key is published")
		}
		ids = append(ids, key.Kid)
	}
	return ids
}

func TestFirstStartMakesAKeyThatLaterStartsFind(t *testing.T) {
	t.Parallel()
	_, config := setup(t)
	first, second := open(t, config), open(t, config)
	if ids := published(t, first); len(ids) != 1 || ids[0] != kid(t, first) || kid(t, second) != ids[0] {
		t.Errorf("published %v, signing with %s and %s", ids, kid(t, first), kid(t, second))
	}
}

func TestReplicasThatStartAtOnceMakeOneKey(t *testing.T) {
	t.Parallel()
	pool, config := setup(t)
	var start sync.WaitGroup
	rings := make([]*keyring.Keyring, 12)
	for i := range rings {
		start.Go(func() {
			ring, err := keyring.Open(t.Context(), config)
			if err != nil {
				t.Error(err)
			}
			rings[i] = ring
		})
	}
	start.Wait()
	var kept int
	if err := pool.QueryRow(t.Context(), "SELECT count(*) FROM signing_keys").Scan(&kept); err != nil || kept != 1 {
		t.Fatalf("%d keys, %v", kept, err)
	}
	for _, ring := range rings {
		if kid(t, ring) != kid(t, rings[0]) {
			t.Error("two replicas sign with different keys")
		}
	}
}

func TestPrivateKeyIsSealed(t *testing.T) {
	t.Parallel()
	pool, config := setup(t)
	open(t, config)
	var public, sealed []byte
	if err := pool.QueryRow(t.Context(), "SELECT public_key, sealed_private_key FROM signing_keys").Scan(&public, &sealed); err != nil {
		t.Fatal(err)
	}
	if len(public) != 32 || len(sealed) != 12+32+16 || bytes.Contains(sealed, public) {
		t.Errorf("public %d bytes, sealed %d", len(public), len(sealed))
	}
}

func TestWrongEncryptionKeyIsOneSentence(t *testing.T) {
	t.Parallel()
	_, config := setup(t)
	open(t, config)
	config.EncryptionKey = keyring.EncryptionKey{9}
	_, err := keyring.Open(t.Context(), config)
	if err == nil || !strings.HasPrefix(err.Error(), "KEY_ENCRYPTION_KEY doesn't open the signing keys in this database") || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %v", err)
	}
	config.EncryptionKey = keyring.EncryptionKey{}
	if _, err := keyring.Open(t.Context(), config); err == nil {
		t.Error("no key at all was taken")
	}
}

func TestSealedKeysCannotBeSwapped(t *testing.T) {
	t.Parallel()
	pool, config := setup(t)
	ring := open(t, config)
	rotate(t, pool, config)
	if _, err := pool.Exec(t.Context(), `UPDATE signing_keys k SET sealed_private_key = o.sealed_private_key FROM signing_keys o WHERE o.kid <> k.kid`); err != nil {
		t.Fatal(err)
	}
	if err := ring.Reload(t.Context()); err == nil {
		t.Error("a key under another's id was loaded")
	}
	kid(t, ring) // still signs with the last good one
}

func TestAnotherReplicasRotationIsNoticed(t *testing.T) {
	t.Parallel()
	pool, config := setup(t)
	config.ReloadEvery = time.Millisecond
	ring := open(t, config)
	running, stop := context.WithCancel(t.Context())
	var ended sync.WaitGroup
	ended.Go(func() { ring.Run(running) })
	t.Cleanup(func() { stop(); ended.Wait() })

	old := kid(t, ring)
	rotate(t, pool, config)
	for kid(t, ring) == old {
		if t.Context().Err() != nil {
			t.Fatal("never noticed")
		}
	}
	if ids := published(t, ring); len(ids) != 2 || ids[0] != old || ids[1] != kid(t, ring) {
		t.Errorf("published %v: the old key stays until its last token is dead", ids)
	}
}

// rotate is what the other replica does: its new key signs from now on.
func rotate(t *testing.T, pool *pgxpool.Pool, config keyring.Config) {
	t.Helper()
	if _, err := pool.Exec(t.Context(), "UPDATE signing_keys SET retiring_at = now() WHERE state = 'active'"); err != nil {
		t.Fatal(err)
	}
	open(t, config)
}

func TestNextKeyIsPublishedAndDoesNotSign(t *testing.T) {
	t.Parallel()
	pool, config := setup(t)
	ring := open(t, config)
	active := kid(t, ring)
	rotate(t, pool, config)
	// Turn the new one into the next, and the old one back into the active.
	if _, err := pool.Exec(t.Context(), "UPDATE signing_keys SET activated_at = NULL WHERE kid <> $1", active); err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Exec(t.Context(), "UPDATE signing_keys SET retiring_at = NULL WHERE kid = $1", active); err != nil {
		t.Fatal(err)
	}
	if err := ring.Reload(t.Context()); err != nil {
		t.Fatal(err)
	}
	if ids := published(t, ring); len(ids) != 2 || kid(t, ring) != active {
		t.Errorf("published %v, signing with %s", ids, kid(t, ring))
	}
}

func TestDatabaseAwayAtStartIsUnavailable(t *testing.T) {
	t.Parallel()
	_, config := setup(t)
	pool, err := pg.Open(t.Context(), pg.Config{URL: "postgres://nobody@127.0.0.1:1/none", Schema: postgres.Schema})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	config.Store = postgres.New(pool)
	if _, err := keyring.Open(t.Context(), config); !problem.Is(err, problem.Unavailable) {
		t.Errorf("got %v", err)
	}
}

func TestEncryptionKeyAsText(t *testing.T) {
	t.Parallel()
	raw := bytes.Repeat([]byte{0xfb}, 32)
	for _, text := range []string{base64.StdEncoding.EncodeToString(raw), base64.RawURLEncoding.EncodeToString(raw)} {
		var key keyring.EncryptionKey
		if err := key.UnmarshalText([]byte(text)); err != nil || !bytes.Equal(key[:], raw) {
			t.Errorf("%s: %v", text, err)
		}
		if shown := fmt.Sprintf("%v %+v %s %x %d", key, key, key, key, key); strings.Contains(shown, "fb") || strings.Contains(shown, "251") {
			t.Errorf("a log would show %s", shown)
		}
	}
	for _, text := range []string{"", "short", base64.StdEncoding.EncodeToString(raw[:31]), strings.Repeat("!", 44)} {
		if err := new(keyring.EncryptionKey).UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
}
