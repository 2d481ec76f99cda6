package token

import "time"

// FixedKeys is a KeySource of just these keys.
func FixedKeys(keys ...PublicKey) KeySource {
	set := make(keySet, len(keys))
	for _, key := range keys {
		set[key.id] = key.key
	}
	return set
}

// AskedAt is when an unknown id was asked for last.
func (k *Keys) AskedAt() time.Time {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.askedAt
}

// Seen is how many tokens a verifier remembers.
func (v *Verifier) Seen() int {
	v.seen.mu.Lock()
	defer v.seen.mu.Unlock()
	return len(v.seen.young) + len(v.seen.old)
}

// SeenAtMost is how many it may.
const SeenAtMost = 2 * knownAtMost
