package identity

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// HashCost is what a new hash costs. Hashes of another cost are made anew when their owner signs in.
type HashCost struct {
	MemoryKiB, Passes uint32
	Lanes             uint8
}

// DefaultHashCost is 19 MiB, two passes, one lane.
func DefaultHashCost() HashCost { return HashCost{MemoryKiB: 19 * 1024, Passes: 2, Lanes: 1} }

const (
	saltBytes = 16
	keyBytes  = 32
)

// phc is an argon2id hash as the PHC string format writes it: $argon2id$v=19$m=19456,t=2,p=1$salt$key.
type phc struct {
	cost      HashCost
	salt, key []byte
}

func newPHC(password string, cost HashCost) phc {
	p := unmatched(cost)
	p.key = p.derive(password)
	return p
}

// unmatched is a hash of that cost that no password has: what an unknown e-mail is checked against.
func unmatched(cost HashCost) phc {
	random := make([]byte, saltBytes+keyBytes)
	rand.Read(random)
	return phc{cost: cost, salt: random[:saltBytes], key: random[saltBytes:]}
}

func (p phc) derive(password string) []byte {
	return argon2.IDKey([]byte(password), p.salt, p.cost.Passes, p.cost.MemoryKiB, p.cost.Lanes, keyBytes)
}

func (p phc) matches(password string) bool {
	return subtle.ConstantTimeCompare(p.key, p.derive(password)) == 1
}

// stale reports whether the hash was made at another cost than today's.
func (p phc) stale(today HashCost) bool { return p.cost != today || len(p.salt) != saltBytes }

func (p phc) String() string {
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.cost.MemoryKiB, p.cost.Passes, p.cost.Lanes, encode(p.salt), encode(p.key))
}

// parsePHC reads a stored hash. The bounds keep a damaged row from taking all memory.
func parsePHC(s string) (phc, error) {
	var p phc
	var version int
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" {
		return p, fmt.Errorf("the stored password hash is not argon2id in PHC form")
	}
	if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &p.cost.MemoryKiB, &p.cost.Passes, &p.cost.Lanes); err != nil {
		return p, fmt.Errorf("parameters of the stored password hash: %w", err)
	}
	if version != argon2.Version || p.cost.MemoryKiB > 1<<20 || p.cost.Passes < 1 || p.cost.Passes > 100 || p.cost.Lanes < 1 {
		return p, fmt.Errorf("parameters of the stored password hash are out of bounds")
	}
	var err error
	if p.salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil {
		return p, fmt.Errorf("salt of the stored password hash: %w", err)
	}
	if p.key, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil || len(p.key) != keyBytes {
		return p, fmt.Errorf("key of the stored password hash is damaged: %w", err)
	}
	return p, nil
}
