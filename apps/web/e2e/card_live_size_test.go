package e2e_test

import (
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/proto"

	"cardwall/packages/kanbanapi"
)

// A long description that somebody writes anew costs who looks on as much more as it is longer, on the card's page and over the board.
func TestALongDescriptionThatOthersWriteAnew(t *testing.T) {
	t.Parallel()
	l := lookAtOneCard(t)
	// work is how long both pages' processors take until a text of so many paragraphs has taken the place of another.
	work := func(paragraphs int) float64 {
		t.Helper()
		var took [2]float64
		for i, letter := range []string{"a", "b"} {
			before := l.ada.worked() + l.bob.worked()
			l.edits(kanbanapi.CardPatch{Description: ref(strings.Repeat(letter+"\n\n", paragraphs))})
			for _, v := range []*visitor{l.ada, l.bob} {
				eventually(t, "the text is drawn", func() bool {
					return v.page.MustEval(`(letter, paragraphs) => {
						const all = document.querySelectorAll(".detail .prose > p")
						return all.length === paragraphs && all[0].textContent === letter && all[paragraphs - 1].textContent === letter
					}`, letter, paragraphs).Bool()
				})
			}
			took[i] = l.ada.worked() + l.bob.worked() - before
		}
		return took[1]
	}
	for _, v := range []*visitor{l.ada, l.bob} {
		v.do(proto.PerformanceEnable{TimeDomain: proto.PerformanceEnableTimeDomainThreadTicks}.Call(v.page))
	}
	if little, much := work(4_000), work(16_000); much > 8*little {
		t.Errorf("a text four times as long takes %.1f times as long: %.2f s, and %.2f", much/little, little, much)
	} else {
		t.Logf("%.2f s, and %.2f for a text four times as long", little, much)
	}
}

// worked is how long the page's processor has worked for it, in seconds; whoever shares the machine isn't in it.
func (v *visitor) worked() float64 {
	v.t.Helper()
	for _, metric := range must(proto.PerformanceGetMetrics{}.Call(v.page))(v.t).Metrics {
		if metric.Name == "TaskDuration" {
			return metric.Value
		}
	}
	v.t.Fatal("the browser doesn't tell how long it worked")
	return 0
}
