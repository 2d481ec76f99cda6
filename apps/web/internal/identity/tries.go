package identity

import (
	"context"
	"log/slog"
)

// tries is one attempt, as the throttles counted it: only they make it. It stays counted unless it is given back, or was
// right; whichever comes first settles it, and anything after that does nothing. Neither can fail what it belongs to,
// which may be done already: a count that stays makes somebody wait a little longer.
type tries struct {
	store Store
	log   *slog.Logger
	taken []taken
}

type taken struct {
	throttle Throttle
	try      Try
}

// take counts the attempt against each throttle. One that a throttle refuses counts against the first alone. It returns
// problem.TooMany "too_many_tries".
func (s *Service) take(ctx context.Context, throttles ...Throttle) (*tries, error) {
	t := &tries{store: s.store, log: s.log}
	for _, throttle := range throttles {
		try, err := s.store.TakeTry(ctx, throttle)
		switch {
		case err != nil:
			return nil, err
		case !try.Allowed:
			t.taken = t.taken[min(1, len(t.taken)):]
			t.giveBack(ctx)
			return nil, tooManyTries(try.Wait)
		}
		t.taken = append(t.taken, taken{throttle, try})
	}
	return t, nil
}

// takenBefore is an attempt that an earlier request of theirs counted.
func (s *Service) takenBefore(throttle Throttle) *tries {
	return &tries{store: s.store, log: s.log, taken: []taken{{throttle: throttle}}}
}

// giveBack uncounts an attempt that came to nothing through no fault of who made it, or that wasn't one.
func (t *tries) giveBack(ctx context.Context) {
	t.undo(ctx, func(Throttle) bool { return false })
}

// right is for a right password: the account's count from this network starts anew, the others lose this attempt only,
// or an account of one's own would give endless tries on all others.
func (t *tries) right(ctx context.Context) {
	t.undo(ctx, func(counted Throttle) bool { return counted.Scope == onAccount })
}

func (t *tries) undo(ctx context.Context, forget func(Throttle) bool) {
	ctx = context.WithoutCancel(ctx)
	settled := t.taken
	t.taken = nil
	for _, each := range settled {
		undo := func() error { return t.store.GiveBackTry(ctx, each.throttle, each.try.At) }
		if forget(each.throttle) {
			undo = func() error { return t.store.ForgetTries(ctx, each.throttle) }
		}
		if err := undo(); err != nil {
			t.log.WarnContext(ctx, "a try stays counted that should not", "scope", each.throttle.Scope, "err", err)
		}
	}
}

// left speaks for the tightest of the counters of an attempt that stays counted.
func (t *tries) left() string {
	tightest := t.taken[0]
	for _, each := range t.taken {
		if each.free() <= tightest.free() {
			tightest = each
		}
	}
	return afterThis(tightest.throttle.Limit, tightest.try)
}

// free is how many tries are left before a wait.
func (t taken) free() int { return t.throttle.Limit.Free - t.try.Count }

// hashNew hashes a new password and has it set. What comes to nothing, such as for an e-mail that is in another account,
// counts against the address, or hashes could be had of us without end. It returns problem.TooMany "too_many_tries", what
// the hasher does, or what set does.
func (s *Service) hashNew(ctx context.Context, password string, from Origin, set func(hash string) error) error {
	t, err := s.take(ctx, s.limits.addressThrottle(from))
	if err != nil {
		return err
	}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		t.giveBack(ctx)
		return err
	}
	if err := set(hash); err != nil {
		return err
	}
	t.giveBack(ctx)
	return nil
}
