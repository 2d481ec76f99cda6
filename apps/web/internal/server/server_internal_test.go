package server

import (
	"testing"
	"time"
)

func TestStreamsLookAtTheirSessionTwiceAMinute(t *testing.T) {
	t.Parallel()
	if streamCheck <= 0 || streamCheck > time.Minute/2 {
		t.Errorf("they look every %s", streamCheck)
	}
}
