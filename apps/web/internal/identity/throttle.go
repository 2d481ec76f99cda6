package identity

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"cardwall/packages/problem"
)

// Limit is a back-off: some tries are free, then each has to wait twice as long as the one before, up to a longest
// wait. There is no lock-out: after the wait the next try counts.
type Limit struct {
	Free        int           // tries before the first wait
	FirstWait   time.Duration // after the last free try
	LongestWait time.Duration
	Memory      time.Duration // without a try for so long, the count starts anew; longer than LongestWait
}

// Limits are the back-offs of sign-in, sign-up and mails.
type Limits struct {
	Account    Limit // wrong passwords for one e-mail from one network (IPv6: one /64)
	Everywhere Limit // wrong passwords for one e-mail from all networks that its owner hasn't used; generous
	Address    Limit // wrong passwords from one network, whatever the e-mail, and new ones that come to nothing
	SignUp     Limit // sign-ups from one network
	Flow       Limit // ways through a provider begun in one network and not finished
	Asked      Limit // mails that one network asks for
	Mailed     Limit // mails that are asked for to one address
}

// DefaultLimits are what a Service uses when its Config names none.
func DefaultLimits() Limits {
	return Limits{
		Account:    Limit{Free: 5, FirstWait: 5 * time.Second, LongestWait: 5 * time.Minute, Memory: time.Hour},
		Everywhere: Limit{Free: 30, FirstWait: time.Second, LongestWait: 30 * time.Second, Memory: time.Hour},
		Address:    Limit{Free: 30, FirstWait: time.Second, LongestWait: time.Minute, Memory: 15 * time.Minute},
		SignUp:     Limit{Free: 20, FirstWait: 5 * time.Second, LongestWait: 5 * time.Minute, Memory: time.Hour},
		Flow:       Limit{Free: 60, FirstWait: time.Second, LongestWait: 30 * time.Second, Memory: 15 * time.Minute},
		Asked:      Limit{Free: 10, FirstWait: 10 * time.Second, LongestWait: 10 * time.Minute, Memory: time.Hour},
		Mailed:     Limit{Free: 3, FirstWait: time.Minute, LongestWait: 15 * time.Minute, Memory: time.Hour},
	}
}

func (l Limits) longestMemory() time.Duration {
	return max(l.Account.Memory, l.Everywhere.Memory, l.Address.Memory, l.SignUp.Memory, l.Flow.Memory, l.Asked.Memory, l.Mailed.Memory)
}

// Throttle is one counter and its limit.
type Throttle struct {
	Scope string
	Key   [sha256.Size]byte
	Limit Limit
}

// Try is what a throttle says to one try.
type Try struct {
	Allowed bool
	Count   int           // tries so far, this one included, if allowed
	Wait    time.Duration // until the next one may come
	At      time.Time     // when it was counted; zero if it wasn't
}

func throttle(scope string, limit Limit, of string) Throttle {
	return Throttle{Scope: scope, Key: sha256.Sum256([]byte(of)), Limit: limit}
}

// onAccount is the scope of an account's tries from one network.
const onAccount = "account"

// signInThrottles are what a sign-in passes, the address first. Tries on an account are counted per network, so that a
// stranger who uses up every try of theirs takes none of the owner's, wherever the owner is. Many networks together
// meet the account's own limit, whose longest wait stays short for the owner's sake; a network where the owner was
// signed in before doesn't even have that.
func (l Limits) signInThrottles(email string, familiar bool, from Origin) []Throttle {
	network := from.Network().String()
	throttles := []Throttle{l.addressThrottle(from), throttle(onAccount, l.Account, network+" "+email)}
	if !familiar {
		throttles = append(throttles, throttle("account_everywhere", l.Everywhere, email))
	}
	return throttles
}

// addressThrottle counts what costs us a hash and comes to nothing.
func (l Limits) addressThrottle(from Origin) Throttle {
	return throttle("address", l.Address, from.Network().String())
}

func (l Limits) signUpThrottle(from Origin) Throttle {
	return throttle("sign_up", l.SignUp, from.Network().String())
}

func (l Limits) flowThrottle(from Origin) Throttle {
	return throttle("flow", l.Flow, from.Network().String())
}

// askedThrottle counts what one network asks for, whoever gets it.
func (l Limits) askedThrottle(from Origin) Throttle {
	return throttle("mail_from", l.Asked, from.Network().String())
}

// mailedThrottle counts what one address gets, whoever asks for it.
func (l Limits) mailedThrottle(to string) Throttle { return throttle("mail_to", l.Mailed, to) }

func tooManyTries(wait time.Duration) error {
	wait = max(wait, time.Second)
	return problem.New(problem.TooMany, "too_many_tries", "Too many tries. Please wait "+inWords(wait)+", then try again.").After(wait)
}

// afterThis says how many tries are left, or how long to wait, once this one has failed.
func afterThis(limit Limit, this Try) string {
	numbers := []string{"", "One more try", "Two more tries", "Three more tries", "Four more tries", "Five more tries"}
	switch left := limit.Free - this.Count; {
	case left <= 0:
		return "Please wait " + inWords(this.Wait) + " before the next try."
	case left < len(numbers):
		return numbers[left] + " before a short wait."
	default:
		return fmt.Sprintf("%d more tries before a short wait.", left)
	}
}

func inWords(wait time.Duration) string {
	n, unit := int((wait+time.Second-1)/time.Second), "second"
	if n > 90 {
		n, unit = (n+59)/60, "minute"
	}
	return strings.TrimSuffix(fmt.Sprintf("%d %ss", n, unit), map[bool]string{true: "s"}[n == 1])
}
