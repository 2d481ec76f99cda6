package identity

import (
	"context"
	"errors"
)

// tries are the two counters that one sign-in passed, and what they said.
type tries struct {
	account, address       Throttle
	onAccount, fromAddress Try
}

// takeTries counts the try against the address and then the account, before anything is hashed. A try that the
// address refuses doesn't count against the account. It returns problem.TooMany "too_many_tries".
func (s *Service) takeTries(ctx context.Context, email string, familiar bool, from Origin) (tries, error) {
	t := tries{address: s.limits.addressThrottle(from), account: s.limits.accountThrottle(email, familiar, from)}
	var err error
	if t.fromAddress, err = s.store.TakeTry(ctx, t.address); err != nil {
		return t, err
	}
	if !t.fromAddress.Allowed {
		return t, tooManyTries(t.fromAddress.Wait)
	}
	if t.onAccount, err = s.store.TakeTry(ctx, t.account); err != nil {
		return t, err
	}
	if !t.onAccount.Allowed {
		return t, tooManyTries(t.onAccount.Wait)
	}
	return t, nil
}

// giveBack uncounts a try that came to nothing through our own fault, and returns that fault.
func (s *Service) giveBack(ctx context.Context, t tries, fault error) error {
	ctx = context.WithoutCancel(ctx)
	return errors.Join(fault, s.store.GiveBackTry(ctx, t.account), s.store.GiveBackTry(ctx, t.address))
}

// left speaks for the tighter of the two counters.
func (t tries) left() string {
	if t.address.Limit.Free-t.fromAddress.Count < t.account.Limit.Free-t.onAccount.Count {
		return afterThis(t.address.Limit, t.fromAddress)
	}
	return afterThis(t.account.Limit, t.onAccount)
}
