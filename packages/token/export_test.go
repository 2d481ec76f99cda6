package token

// FixedKeys is a KeySource of just these keys.
func FixedKeys(keys ...PublicKey) KeySource {
	set := make(keySet, len(keys))
	for _, key := range keys {
		set[key.id] = key.key
	}
	return set
}
