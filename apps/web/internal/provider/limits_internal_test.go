package provider

import (
	"testing"
	"time"
)

func TestUnlessToldEveryStepHasTenSecondsAndEveryAnswerAMegabyte(t *testing.T) {
	t.Parallel()
	for _, p := range []*Provider{Google(GoogleConfig{}), GitHub(GitHubConfig{}), OIDC(OIDCConfig{})} {
		if p.limits.Patience != 10*time.Second || p.limits.Pause != 3*time.Second || answerMax != 1<<20 {
			t.Errorf("%s: got %+v", p.label, p.limits)
		}
	}
}
