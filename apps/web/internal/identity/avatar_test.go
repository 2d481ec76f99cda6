package identity_test

import (
	"strings"
	"testing"

	"cardwall/apps/web/internal/identity"
)

func TestOnlyOurOwnPathsArePictures(t *testing.T) {
	t.Parallel()
	path := identity.Avatar{MediaType: "image/png", Bytes: []byte("any")}.Hash().Path()
	if !identity.IsAvatarPath(path) {
		t.Errorf("%s is none", path)
	}
	for _, other := range []string{"", "https://tracker.example/p.png", "//tracker.example", strings.TrimPrefix(path, "/avatars/"), path + "0", path[:len(path)-2], "/avatars/" + strings.Repeat("A", 64)} {
		if identity.IsAvatarPath(other) {
			t.Errorf("%q is taken for ours", other)
		}
	}
}
