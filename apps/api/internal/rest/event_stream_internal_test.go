package rest

import (
	"testing"
	"time"
)

func TestAStreamLastsNoQuarterOfAnHourAndIsNeverSilentForLong(t *testing.T) {
	t.Parallel()
	var l Live
	l.complete()
	if l.Life <= 0 || l.Life >= 15*time.Minute {
		t.Errorf("it lasts %s", l.Life)
	}
	if l.Beat <= 0 || l.Beat > 15*time.Second { // a page takes a line for dead on which nothing has come for 45
		t.Errorf("it is silent for %s", l.Beat)
	}
}
