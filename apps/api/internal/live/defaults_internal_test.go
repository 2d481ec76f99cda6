package live

import (
	"testing"
	"time"
)

func TestWhatNobodyToldOfIsFoundInTwoSecondsAndLostRightsInAMinute(t *testing.T) {
	t.Parallel()
	h := New(Config{})
	if h.Poll <= 0 || h.Poll > 2*time.Second {
		t.Errorf("boards are asked every %s", h.Poll)
	}
	if longest := h.Recheck + h.Poll + askTime; h.Recheck <= 0 || longest >= time.Minute {
		t.Errorf("who has lost a board hears of it for %s", longest)
	}
}
