package kanban

import (
	"slices"
	"testing"
)

func TestNearIsOneLetterAway(t *testing.T) {
	t.Parallel()
	words := []string{"rain", "rian", "ain", "rains", "rayn", "train", "ran", "brain", "rainy", "iran", "arni", "rainss", "sun", "ra", "räin", "дождь", "дожь", "rain1"}
	for _, word := range words {
		near := Near(word)
		for _, other := range words {
			if listed := slices.Contains(near, other); listed != isNear(other, word) {
				t.Errorf("%s lists %s: %v, is near: %v", word, other, listed, isNear(other, word))
			}
		}
	}
	if near := Near("rain"); !slices.Contains(near, "rian") || !slices.Contains(near, "ran") || !slices.Contains(near, "räin") || !slices.Contains(near, "brain") || slices.Contains(near, "iran") {
		t.Errorf("%q", near)
	}
	if near := Near("sun"); len(near) != 1 {
		t.Errorf("%q is too short", near)
	}
}
