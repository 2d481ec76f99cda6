package rest_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

const (
	alike    = 1.25 // two times are the same within this factor; what gives an account away is many times that
	batch    = 10   // pairs between two looks at them
	maxPairs = 200
)

// wantSameTime holds two questions to taking the same time. They are asked in pairs, in turns either first, so that a
// busy machine slows both alike; what counts is the median of the pairs' ratios. It is asked until there is no doubt on
// which side of the bounds that lies: a lucky moment passes nothing, an unlucky one only takes longer.
func wantSameTime(t *testing.T, one, other func()) {
	t.Helper()
	took := func(ask func()) float64 {
		start := time.Now()
		ask()
		return float64(time.Since(start))
	}
	var ratios []float64
	for len(ratios) < maxPairs {
		for range batch / 2 {
			first := took(one)
			ratios = append(ratios, took(other)/first)
			second := took(other)
			ratios = append(ratios, second/took(one))
		}
		if same, sure := judge(ratios); sure {
			if !same {
				t.Errorf("the second takes %.2f of the first's time, over %d pairs: one can tell them apart", median(ratios), len(ratios))
			}
			return
		}
	}
	if got := median(ratios); got > alike || got < 1/alike {
		t.Errorf("the second takes %.2f of the first's time, over %d pairs: one can tell them apart", got, len(ratios))
	}
}

// judge says whether the median that the ratios are a sample of is within the bounds, and whether that is sure: the
// order statistics around the sample's median hold the true one in 99 of 100 cases.
func judge(ratios []float64) (same, sure bool) {
	sorted := slices.Sorted(slices.Values(ratios))
	aside := int(math.Ceil(2.58 / 2 * math.Sqrt(float64(len(sorted)))))
	low, high := sorted[max(0, len(sorted)/2-aside)], sorted[min(len(sorted)-1, len(sorted)/2+aside)]
	same = low > 1/alike && high < alike
	return same, same || low > alike || high < 1/alike
}

func median(ratios []float64) float64 { return slices.Sorted(slices.Values(ratios))[len(ratios)/2] }

// Noise that makes of one time in ten a multiple must not hide a difference, nor make one up.
func TestTimesThatDifferAreToldFromNoise(t *testing.T) {
	t.Parallel()
	noise := rand.New(rand.NewPCG(1, 2))
	for _, ratio := range []float64{0.1, 0.5, 0.7, 1, 1.5, 10} {
		for range 200 {
			var ratios []float64
			same, sure := false, false
			for !sure && len(ratios) < 4*maxPairs {
				for range batch {
					ratios = append(ratios, ratio*math.Exp(noise.NormFloat64()*0.3+noise.NormFloat64()*2*math.Floor(noise.Float64()+0.1)))
				}
				same, sure = judge(ratios)
			}
			if !sure || same != (ratio == 1) {
				t.Fatalf("of %d ratios around %.1f it says %v, %v", len(ratios), ratio, same, sure)
			}
		}
	}
}
