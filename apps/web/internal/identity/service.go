package identity

import (
	"cmp"
	"context"
	"log/slog"
	"runtime"
	"time"
)

// Config is what a Service is made of. The zero value of every field but Store and Log is a working default.
type Config struct {
	Store       Store
	Log         *slog.Logger
	DotlessMail bool          // also accept e-mails such as me@localhost: for development
	Hashers     int           // passwords hashed at once; default: one per core
	HashWait    time.Duration // how long a request waits for its turn before 503; default 2 s
	HashCost    HashCost      // default: DefaultHashCost; anything cheaper is for tests
	Limits      Limits        // default: DefaultLimits
	PublicURL   string        // the origin that providers send people back to and links in mails lead to; needed with Providers and Post
	Providers   []Provider    // in the order of their buttons; default: none
	SignUp      SignUpRules   // default: open to everybody
	Square      Square        // makes avatars of files; needed for them
	Pictures    Pictures      // fetches providers' pictures, with Square; default: none are
	Post        Post          // nil: no mail can be sent

	BoardInvitations    BoardInvitations    // needed with Post
	FindBoardInvitation FindBoardInvitation // needed where SignUp asks for an invitation
}

// Service is the way in for people with an e-mail and a password, or an account elsewhere.
type Service struct {
	store       Store
	log         *slog.Logger
	hasher      hasher
	limits      Limits
	dotlessMail bool
	publicURL   string
	providers   []Provider
	signUp      SignUpRules

	pictures     Pictures
	square       Square
	squareTurns  *turns
	pictureNamed chan struct{} // somebody came with one
	post         Post

	boardInvitations    BoardInvitations
	findBoardInvitation FindBoardInvitation
}

// New makes the service.
func New(c Config) *Service {
	return &Service{
		store:       c.Store,
		log:         c.Log,
		hasher:      hasher{newTurns(cmp.Or(c.Hashers, runtime.GOMAXPROCS(0)), cmp.Or(c.HashWait, 2*time.Second)), cmp.Or(c.HashCost, DefaultHashCost())},
		limits:      cmp.Or(c.Limits, DefaultLimits()),
		dotlessMail: c.DotlessMail,
		publicURL:   c.PublicURL,
		providers:   c.Providers,
		signUp:      c.SignUp,

		pictures:     c.Pictures,
		square:       c.Square,
		squareTurns:  newTurns(1, squareWait),
		pictureNamed: make(chan struct{}, 1),
		post:         c.Post,

		boardInvitations:    c.BoardInvitations,
		findBoardInvitation: c.FindBoardInvitation,
	}
}

const (
	squareWait   = 5 * time.Second // for others' pictures to be made
	sweepEvery   = time.Hour
	sessionsKept = 30 * 24 * time.Hour // after their end: they tell a familiar network from a stranger's
)

// Run sweeps away throttles, sessions, flows and mail tokens that no longer matter, every hour, until the context ends.
func (s *Service) Run(ctx context.Context) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		if err := s.store.Sweep(ctx, s.limits.longestMemory(), sessionsKept); err != nil && ctx.Err() == nil {
			s.log.WarnContext(ctx, "sweep failed; the next is in an hour", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
