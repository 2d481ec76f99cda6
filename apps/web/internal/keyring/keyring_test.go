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
		Rotation: token.Rotation{Every: 30 * 24 * time.Hour, Ahead: 10 * time.Minute, Keep: 5 * time.Minute},
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

func someone() token.Person {
	return token.Person{ID: uuid.New(), SessionID: uuid.NewString(), Name: "Ines"}
}

// kid is the id of the key that a fresh token was signed with.
func kid(t *testing.T, ring *keyring.Keyring) string {
	t.Helper()
	raw, err := ring.Mint(someone())
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
	document, err := ring.JWKS()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(document, &doc); err != nil {
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
	rotate(t, ring)
	if _, err := pool.Exec(t.Context(), `UPDATE signing_keys k SET sealed_private_key = o.sealed_private_key FROM signing_keys o WHERE o.kid <> k.kid`); err != nil {
		t.Fatal(err)
	}
	if err := ring.Reload(t.Context()); err == nil {
		t.Error("a key under another's id was loaded")
	}
	kid(t, ring) // still signs with the last good one
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
