package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/go-rod/rod"
	"github.com/google/uuid"
)

// look is somebody who looks at a board while somebody else changes it.
type look struct {
	site     *site
	on       *wall
	size     size
	versions map[uuid.UUID]int
	seen     []*paintings // the first of each page, whose scripts were still to come, then of each deed
}

func newLook(s *site, on *wall, z size) *look {
	l := &look{site: s, on: on, size: z, versions: map[uuid.UUID]int{}, seen: []*paintings{{of: z, what: "the first change that a page sees"}}}
	for _, d := range deeds {
		l.seen = append(l.seen, &paintings{of: z, what: d.name})
	}
	return l
}

// deed is one kind of change to a card that is in sight. The page shows it when seen, a function of the page's, says so.
type deed struct {
	name string
	plan func(l *look, turn int) planned
	seen string
}

// planned is a change that is yet to be made, and what the page is to show then.
type planned struct {
	card         int
	method, path string
	body         map[string]any
	shows        string
}

var deeds = []deed{
	{"a card moved", (*look).move, `(card, shows) => card.closest("[data-column]")?.dataset.column === shows`},
	{"a title edited", (*look).retitle, `(card, shows) => card.querySelector(".card-title a").textContent === shows`},
	{"a day set", (*look).setDay, `(card, shows) => card.querySelector(".due")?.dateTime === shows`},
}

// inSight is one of some cards of a column, near its head.
func (l *look) inSight(column, turn int) int { return column*l.size.cards + 1 + turn%4 }

// move takes a card of the first column to the second, behind the first there, or back.
func (l *look) move(turn int) planned {
	card := l.inSight(0, turn/2)
	to := 1 - l.on.at[card]
	l.on.at[card] = to
	body := map[string]any{"column_id": l.on.columns[to], "after": l.on.cards[to*l.size.cards]}
	return planned{card, http.MethodPost, "/move", body, l.on.columns[to].String()}
}

func (l *look) retitle(turn int) planned {
	title := fmt.Sprintf("What it is called now, %d", rand.Uint32())
	return planned{l.inSight(2, turn), http.MethodPatch, "", map[string]any{"title": title}, title}
}

func (l *look) setDay(turn int) planned {
	day := time.Now().AddDate(0, 0, 30+rand.IntN(300)).Format(time.DateOnly)
	return planned{l.inSight(3, turn), http.MethodPatch, "", map[string]any{"due_on": day}, day}
}

// round has so many changes of each kind made, in turns and at any time of a frame.
func (l *look) round(page *rod.Page, times int) error {
	first := true
	for turn := range times {
		for i, d := range deeds {
			commit, request, err := l.once(page, d, turn)
			if err != nil {
				return fmt.Errorf("%s: %w", d.name, err)
			}
			into := l.seen[i+1]
			if first {
				into, first = l.seen[0], false
			}
			into.commit, into.request = append(into.commit, commit), append(into.request, request)
			select {
			case <-time.After(time.Second/changesPerSecond + rand.N(50*time.Millisecond)):
			case <-page.GetContext().Done():
				return page.GetContext().Err()
			}
		}
	}
	return nil
}

// paintProbe is about a promise of the time, in milliseconds since 1970, when the change was painted.
const paintProbe = `(id, shows, seen) => {
	const card = document.querySelector('[data-card="' + id + '"]')
	window.painted = new Promise((resolve) => {
		const watch = new MutationObserver(() => {
			if (!seen(card, shows)) return
			watch.disconnect()
			requestAnimationFrame(() => {
				const { port1, port2 } = new MessageChannel()
				port1.onmessage = () => resolve(performance.timeOrigin + performance.now())
				port2.postMessage(0)
			})
		})
		watch.observe(document.querySelector("[data-board]"), { subtree: true, childList: true, attributes: true, characterData: true })
	})
}`

// once makes one change, and returns how long it took since its commit, and since before the request, until it was painted.
func (l *look) once(page *rod.Page, d deed, turn int) (commit, request time.Duration, err error) {
	ctx, p := page.GetContext(), d.plan(l, turn)
	card := l.on.cards[p.card]
	body, err := json.Marshal(p.body)
	if err != nil {
		return 0, 0, err
	}
	page.MustEval(fmt.Sprintf(`(id, shows) => (%s)(id, shows, %s)`, paintProbe, d.seen), card.String(), p.shows)
	var made struct{ Version int }
	sent := time.Now()
	if err := l.writer(card).call(ctx, p.method, l.on.path("/cards/"+card.String()+p.path), body, http.StatusOK, &made); err != nil {
		return 0, 0, err
	}
	l.versions[card] = made.Version
	painted := time.UnixMicro(int64(1000 * page.MustEval(`() => painted`).Num()))
	var at time.Time
	err = l.site.pool.QueryRow(ctx, "SELECT at FROM activity WHERE board_id = $1 ORDER BY seq DESC LIMIT 1", l.on.board).Scan(&at)
	return painted.Sub(at), painted.Sub(sent), err
}

// writer names the version of a card that a change is made from.
func (l *look) writer(card uuid.UUID) *caller {
	own := *l.site.chain
	own.authorize = func(h http.Header) error {
		h.Set("If-Match", fmt.Sprintf(`"%d"`, max(l.versions[card], 1)))
		return l.site.chain.authorize(h)
	}
	return &own
}
