package identity

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// What new hashes cost: 19 MiB, two passes, one lane. Older hashes are made anew when their owner signs in.
const (
	memoryKiB = 19 * 1024
	passes    = 2
	lanes     = 1
	saltBytes = 16
	keyBytes  = 32
)

// phc is an argon2id hash as the PHC string format writes it: $argon2id$v=19$m=19456,t=2,p=1$salt$key.
type phc struct {
	memory, passes uint32
	lanes          uint8
	salt, key      []byte
}

func newPHC(password string) phc {
	p := unmatched()
	p.key = p.derive(password)
	return p
}

// unmatched is a hash of today's cost that no password has: what an unknown e-mail is checked against.
func unmatched() phc {
	random := make([]byte, saltBytes+keyBytes)
	rand.Read(random)
	return phc{memory: memoryKiB, passes: passes, lanes: lanes, salt: random[:saltBytes], key: random[saltBytes:]}
}

func (p phc) derive(password string) []byte {
	return argon2.IDKey([]byte(password), p.salt, p.passes, p.memory, p.lanes, keyBytes)
}

func (p phc) matches(password string) bool {
	return subtle.ConstantTimeCompare(p.key, p.derive(password)) == 1
}

// stale reports whether the hash was made at another cost than today's.
func (p phc) stale() bool {
	return p.memory != memoryKiB || p.passes != passes || p.lanes != lanes || len(p.salt) != saltBytes
}

func (p phc) String() string {
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.memory, p.passes, p.lanes, encode(p.salt), encode(p.key))
}

// parsePHC reads a stored hash. The bounds keep a damaged row from taking all memory.
func parsePHC(s string) (phc, error) {
	var p phc
	var version int
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" {
		return p, fmt.Errorf("the stored password hash is not argon2id in PHC form")
	}
	if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &p.memory, &p.passes, &p.lanes); err != nil {
		return p, fmt.Errorf("parameters of the stored password hash: %w", err)
	}
	if version != argon2.Version || p.memory > 1<<20 || p.passes < 1 || p.passes > 100 || p.lanes < 1 {
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
