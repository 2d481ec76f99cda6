package e2e_test

import (
	"encoding/json"
	"testing"
)

// lasting is a page whose waits for the network have no end, but for what ends them: it tells how long they would be, and those that part
// it from all others; how often it has asked whether the board can be read, how often at once, and can hold that up.
const lasting = `
	const wait = setTimeout, ask = fetch
	let now = 0
	Object.assign(window, { waits: [], spreads: [], asked: 0, atOnce: 0, held: null })
	window.setTimeout = (act, time, ...rest) => {
		if (!(time % 1 > 0) || /\/(live|gather)-/.test(new Error().stack)) return wait(act, time, ...rest)
		if (time < 1_000) return spreads.push(time), wait(act, time, ...rest)
		waits.push(time)
	}
	window.fetch = async (address, ...rest) => {
		if (!String(address).endsWith("/columns")) return ask(address, ...rest)
		asked++
		atOnce = Math.max(atOnce, ++now)
		await held
		return ask(address, ...rest).finally(() => now--)
	}
	Object.defineProperty(document, "hidden", { get: () => window.isHidden === true })`

// waiting is what such a page tells of itself.
type waiting struct {
	Waits, Spreads []float64
	Asked, AtOnce  int
}

func (v *visitor) waiting() waiting {
	v.t.Helper()
	var told waiting
	v.do(json.Unmarshal([]byte(v.page.MustEval(`() => JSON.stringify({ waits, spreads, asked, atOnce })`).Str()), &told))
	return told
}

// wantWaiting waits until the page has been told so many times that the board can't be read, and waits.
func (v *visitor) wantWaiting(times int) {
	v.t.Helper()
	eventually(v.t, "it waits", func() bool { return len(v.waiting().Waits) == times })
	if told := v.waiting(); told.Asked != times || told.AtOnce != 1 {
		v.t.Errorf("it has asked %d times, not %d, and %d at once", told.Asked, times, told.AtOnce)
	}
}

// waitingTab is a tab of Ada's such as lasting describes.
func (s *stack) waitingTab(t *testing.T, ada *person, path string) *visitor {
	t.Helper()
	v := s.at(t, ada, "/boards").tab()
	v.page.MustEvalOnNewDocument(lasting)
	v.open(path)
	return v
}

// What is kept while the api is away goes out as soon as the page's event stream is there again, however long it would have waited.
func TestWhatIsKeptGoesOutOnceTheStreamIsBack(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a", "b")
	v := s.waitingTab(t, ada, w.page())
	s.api.stop(t)
	v.sends("a")
	v.sends("b")
	v.wantWaiting(1)
	s.api.again(t)
	ada.wantStored(t, w, "", "a b", "")
	v.sentAll()
	if told := v.waiting(); told.Asked != 2 || len(told.Spreads) != 1 {
		t.Errorf("it has asked %d times, and waited %v before it did again", told.Asked, told.Spreads)
	}
}

// It asks at once too when somebody looks at the page again, and when the network is there; once for all that tells it to, and not when
// all others do. When the answer is no again, it waits longer than before.
func TestWhoeverLooksAgainHasWhatIsKeptAskedFor(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.waitingTab(t, ada, w.page())
	v.offline(true)
	v.sends("a")
	v.wantWaiting(1)
	const times = 5
	for i := range times {
		v.hide(true)
		for range 3 {
			v.hide(false)
		}
		v.wantWaiting(i + 2)
	}
	told := v.waiting()
	for i, time := range told.Waits {
		least := float64(int(2_000) << min(i, 3))
		if time < least || time > 2*least {
			t.Errorf("wait %d would take %g ms", i, time)
		}
	}
	if len(told.Spreads) != times || told.Spreads[0] == told.Spreads[1] && told.Spreads[1] == told.Spreads[2] {
		t.Errorf("before it asks it waits %v", told.Spreads)
	}

	// While it asks, too: the answer is older then.
	v.page.MustEval(`() => { window.held = new Promise((then) => { window.letGo = then }) }`)
	v.hide(false)
	eventually(t, "it asks", func() bool { return v.waiting().Asked == times+2 })
	v.hide(false)
	v.page.MustEval(`() => { letGo(); window.held = null }`)
	eventually(t, "it asks again", func() bool { return v.waiting().Asked == times+3 })
	v.offline(false)
	ada.wantStored(t, w, "", "a", "")
}

// So it does on a page without a stream, which sends what others left behind.
func TestWhoeverLooksAgainAtAnotherPage(t *testing.T) {
	t.Parallel()
	s := setup(t)
	ada := s.person(t, "Ada")
	w := ada.wall(t, "Garden", "a")
	v := s.waitingTab(t, ada, w.page())
	s.api.stop(t)
	v.sends("a")
	v.wantWaiting(1)
	v.open("/account")
	v.wantWaiting(1)
	v.hide(true)
	s.api.again(t)
	v.hide(false)
	ada.wantStored(t, w, "", "a", "")
	v.sentAll()
}
