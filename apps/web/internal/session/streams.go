package session

import "sync"

// streams are the answers that last, each with the session it is for.
type streams struct {
	mu   sync.Mutex
	open map[*stream]struct{}
}

type stream struct {
	session Session
	changed chan struct{} // holds one: several changes are looked at once
}

func (s *streams) begin(session Session) *stream {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open == nil {
		s.open = map[*stream]struct{}{}
	}
	begun := &stream{session: session, changed: make(chan struct{}, 1)}
	s.open[begun] = struct{}{}
	return begun
}

func (s *streams) end(ended *stream) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, ended)
}

// wake has those streams look whether their session still lives.
func (s *streams) wake(which func(Session) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for one := range s.open {
		if !which(one.session) {
			continue
		}
		select {
		case one.changed <- struct{}{}:
		default:
		}
	}
}
