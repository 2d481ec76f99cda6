package keyring

import "testing"

func TestSealIsBoundToTheKeysID(t *testing.T) {
	t.Parallel()
	key := EncryptionKey{1}
	sealed, err := key.seal("one", []byte("a secret"))
	if err != nil {
		t.Fatal(err)
	}
	if opened, err := key.open("one", sealed); err != nil || string(opened) != "a secret" {
		t.Errorf("opened %q, %v", opened, err)
	}
	if _, err := key.open("two", sealed); err == nil {
		t.Error("it opens under another id")
	}
	if _, err := (EncryptionKey{2}).open("one", sealed); err == nil {
		t.Error("it opens with another key")
	}
	if again, err := key.seal("one", []byte("a secret")); err != nil || string(again) == string(sealed) {
		t.Errorf("a nonce came twice, %v", err)
	}
}
