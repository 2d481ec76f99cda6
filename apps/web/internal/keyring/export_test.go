package keyring

import "time"

// AsOf is when the keys were known to stand as they do here.
func (k *Keyring) AsOf() time.Time { return k.loaded.Load().asOf }

// Shift makes what is known so much older, or younger than now.
func (k *Keyring) Shift(by time.Duration) {
	shifted := *k.loaded.Load()
	shifted.asOf = shifted.asOf.Add(-by)
	k.loaded.Store(&shifted)
}
