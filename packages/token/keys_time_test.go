package token_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"cardwall/packages/problem"
	"cardwall/packages/token"
)

const (
	ms      = time.Millisecond
	minutes = time.Minute
)

func TestKeysAreRefreshedEvery5Minutes(t *testing.T) {
	t.Parallel()
	old, next := newKey(t), newKey(t)
	inBubble(t, jwks(t, old), func(t *testing.T, b *bubble) {
		b.answer(jwks(t, next))
		b.until(5*minutes - ms)
		if !b.know(t, old) {
			t.Error("the set changed before its time")
		}
		b.until(11 * minutes)
		if !b.know(t, next) {
			t.Error("a published key isn't known")
		}
		b.wantAsked(t, 0, 5*minutes, 10*minutes)
	})
}

func TestKeysThatAreGoneAreForgotten(t *testing.T) {
	t.Parallel()
	old, next := newKey(t), newKey(t)
	inBubble(t, jwks(t, old), func(t *testing.T, b *bubble) {
		b.answer(jwks(t, next))
		b.until(6 * minutes)
		if b.know(t, old) {
			t.Error("a key that is published no more is still trusted")
		}
	})
}

func TestKeysAreTriedForQuicklyWhileThereAreNone(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	inBubble(t, "", func(t *testing.T, b *bubble) {
		b.until(6 * time.Second)
		b.wantAsked(t, 0, 50*ms, 150*ms, 350*ms, 750*ms, 1550*ms, 3150*ms, 5150*ms)
		b.answer(jwks(t, key))
		b.until(8 * time.Second)
		if !b.keys.Ready() || !b.know(t, key) {
			t.Error("two seconds after the server's return there are no keys")
		}
	})
}

func TestKeysOfTheLastGoodSetAreKept(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	for name, serve := range map[string]http.HandlerFunc{
		"while the server fails":  failing,
		"while the server stalls": stalling,
		"when the set is empty":   func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"keys":[]}`)) },
		"when the set is garbage": func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("\x00\xff{")) },
		"when the keys are foreign": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte(`{"keys":[{"kty":"oct","kid":"` + key.ID() + `","k":"c2VjcmV0"}]}`))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inBubble(t, jwks(t, key), func(t *testing.T, b *bubble) {
				b.do(serve)
				for _, at := range []time.Duration{6 * minutes, 5 * time.Hour} {
					b.until(at)
					if !b.keys.Ready() || !b.know(t, key) {
						t.Errorf("the keys are gone after %v", at)
					}
				}
			})
		})
	}
}

func TestKeysAreTriedForEvery30SecondsAtMostWhileThereAreSome(t *testing.T) {
	t.Parallel()
	inBubble(t, jwks(t, newKey(t)), func(t *testing.T, b *bubble) {
		b.do(failing)
		b.until(15 * minutes)
		asked := b.asks()
		b.until(25 * minutes)
		if got := b.asks() - asked; got != 20 {
			t.Errorf("the server was asked %d times in ten minutes", got)
		}
	})
}

func TestKeysWaitThreeSecondsForAnAnswer(t *testing.T) {
	t.Parallel()
	inBubble(t, jwks(t, newKey(t)), func(t *testing.T, b *bubble) {
		b.do(stalling)
		b.until(5*minutes + 4*time.Second)
		b.wantAsked(t, 0, 5*minutes, 5*minutes+3*time.Second+50*ms)
	})
}

func TestAnUnknownKeyIsAskedForAtOnce(t *testing.T) {
	t.Parallel()
	old, next := newKey(t), newKey(t)
	inBubble(t, jwks(t, old), func(t *testing.T, b *bubble) {
		b.answer(jwks(t, old, next))
		b.until(time.Second)
		if !b.know(t, next) || !b.know(t, old) {
			t.Error("a published key isn't known")
		}
		b.wantAsked(t, 0, time.Second)
	})
}

func TestAnUnknownKeyIsAskedForEvery30SecondsAtMost(t *testing.T) {
	t.Parallel()
	stranger := newKey(t)
	inBubble(t, jwks(t, newKey(t)), func(t *testing.T, b *bubble) {
		for at := time.Second; at < 70*time.Second; at += time.Second {
			b.until(at)
			if b.know(t, stranger) {
				t.Fatal("a stranger is known")
			}
		}
		b.wantAsked(t, 0, time.Second, 31*time.Second, 61*time.Second)
	})
}

func TestAnUnknownKeyIsAskedForOnceForAll(t *testing.T) {
	t.Parallel()
	old, next := newKey(t), newKey(t)
	inBubble(t, jwks(t, old), func(t *testing.T, b *bubble) {
		body := jwks(t, old, next)
		b.do(func(w http.ResponseWriter, _ *http.Request) {
			time.Sleep(time.Second) // of the bubble's clock
			_, _ = w.Write([]byte(body))
		})
		var all sync.WaitGroup
		for i := range 100 {
			all.Go(func() {
				time.Sleep(time.Duration(i) * 5 * ms)
				if !b.know(t, next) {
					t.Error("a published key isn't known")
				}
			})
		}
		all.Wait()
		b.wantAsked(t, 0, 0)
	})
}

// The fetch that is under way when a token arrives may have left before its key was published.
func TestAnUnknownKeyIsAskedForAgainAfterAFetchThatWasUnderWay(t *testing.T) {
	t.Parallel()
	old, next := newKey(t), newKey(t)
	inBubble(t, jwks(t, old), func(t *testing.T, b *bubble) {
		before, after := jwks(t, old), jwks(t, old, next)
		b.do(func(w http.ResponseWriter, _ *http.Request) {
			b.answer(after)
			time.Sleep(time.Second)
			_, _ = w.Write([]byte(before))
		})
		b.until(5*minutes + 500*ms)
		if !b.know(t, next) {
			t.Error("a published key isn't known")
		}
		b.wantAsked(t, 0, 5*minutes, 5*minutes+time.Second)
	})
}

func TestAnUnknownKeyIsWaitedForAsLongAsTheRequestLasts(t *testing.T) {
	t.Parallel()
	inBubble(t, jwks(t, newKey(t)), func(t *testing.T, b *bubble) {
		b.do(stalling)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := b.keys.Key(ctx, "stranger")
		if !problem.Is(err, problem.Unavailable) || !errors.Is(err, context.DeadlineExceeded) || time.Since(b.start) != time.Second {
			t.Errorf("after %v: %v", time.Since(b.start), err)
		}
		b.stop()
		b.http.CloseClientConnections()
	})
}

func TestKeysStayKnownAfterTheClientHasStopped(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	inBubble(t, jwks(t, key), func(t *testing.T, b *bubble) {
		b.stop()
		synctest.Wait()
		if !b.know(t, key) {
			t.Error("a known key is forgotten")
		}
		if _, err := b.keys.Key(t.Context(), "stranger"); !errors.Is(err, token.ErrUnknownKey) {
			t.Errorf("got %v", err)
		}
		b.until(time.Hour)
		b.wantAsked(t, 0)
	})
}

func TestThoseWhoWaitAreLetGoWhenTheClientStops(t *testing.T) {
	t.Parallel()
	inBubble(t, jwks(t, newKey(t)), func(t *testing.T, b *bubble) {
		b.do(stalling)
		answers := make(chan error)
		for i := range 3 {
			go func() {
				_, err := b.keys.Key(context.Background(), fmt.Sprint(i))
				answers <- err
			}()
		}
		synctest.Wait()
		b.stop()
		for range 3 {
			if err := <-answers; !errors.Is(err, token.ErrUnknownKey) {
				t.Errorf("got %v", err)
			}
		}
	})
}
