package identity

import (
	"context"
	"errors"
)

// tries are the counters that one sign-in passed, in the order of signInThrottles, with what each said.
type tries []taken

type taken struct {
	throttle Throttle
	try      Try
}

// takeTries counts the try against the address, the account from there and the account from everywhere, before
// anything is hashed. A try that one of them refuses counts against the address alone. It returns problem.TooMany
// "too_many_tries".
func (s *Service) takeTries(ctx context.Context, email string, familiar bool, from Origin) (tries, error) {
	return s.take(ctx, s.limits.signInThrottles(email, familiar, from))
}

func (s *Service) take(ctx context.Context, throttles []Throttle) (tries, error) {
	var t tries
	for _, throttle := range throttles {
		try, err := s.store.TakeTry(ctx, throttle)
		switch {
		case err != nil:
			return nil, err
		case !try.Allowed:
			return nil, s.giveBack(ctx, t[min(1, len(t)):], tooManyTries(try.Wait))
		}
		t = append(t, taken{throttle, try})
	}
	return t, nil
}

// hashNew hashes a new password and has it set. What comes to nothing, such as for an e-mail that is in another account,
// counts against the address, or hashes could be had of us without end. It returns problem.TooMany "too_many_tries", what
// the hasher does, or what set does.
func (s *Service) hashNew(ctx context.Context, password string, from Origin, set func(hash string) error) error {
	t, err := s.take(ctx, []Throttle{s.limits.addressThrottle(from)})
	if err != nil {
		return err
	}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return s.giveBack(ctx, t, err)
	}
	if err := set(hash); err != nil {
		return err
	}
	return s.giveBack(ctx, t, nil)
}

// giveBack uncounts a try that came to nothing through no fault of who tried, and returns why.
func (s *Service) giveBack(ctx context.Context, t tries, why error) error {
	ctx = context.WithoutCancel(ctx)
	for _, each := range t {
		why = errors.Join(why, s.store.GiveBackTry(ctx, each.throttle))
	}
	return why
}

// settle is for a right password: the account's count from this network starts anew, the others lose this try only,
// or an account of one's own would give endless tries on all others.
func (s *Service) settle(ctx context.Context, t tries) error {
	for _, each := range t {
		undo := s.store.GiveBackTry
		if each.throttle.Scope == onAccount {
			undo = s.store.ForgetTries
		}
		if err := undo(ctx, each.throttle); err != nil {
			return err
		}
	}
	return nil
}

// left speaks for the tightest of the counters.
func (t tries) left() string {
	tightest := t[0]
	for _, each := range t {
		if each.free() <= tightest.free() {
			tightest = each
		}
	}
	return afterThis(tightest.throttle.Limit, tightest.try)
}

// free is how many tries are left before a wait.
func (t taken) free() int { return t.throttle.Limit.Free - t.try.Count }
