package proxy

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync/atomic"

	"cardwall/packages/httpserver"
)

// stream gives an event stream its place and its end: when its life is over or the server goes, the page reads a
// proper end and resumes from the last event. It returns TooMany or Unavailable for one too many.
func (p *proxy) stream(res *http.Response) error {
	if err := placeIn(res.Request.Context()).stay(); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(res.Request.Context(), p.StreamLife)
	if p.Stream != nil {
		limited, stop := p.Stream(ctx)
		outer := cancel
		ctx, cancel = limited, func() { stop(); outer() }
	}
	s := &stream{ReadCloser: res.Body, cancel: cancel, broken: func(err error) {
		p.Log.InfoContext(ctx, "event stream broke off", "err", err, "request_id", httpserver.RequestID(ctx))
	}}
	s.unhook = context.AfterFunc(ctx, s.end)
	res.Body = s
	return nil
}

type stream struct {
	io.ReadCloser
	ended  atomic.Bool
	cancel context.CancelFunc
	unhook func() bool
	broken func(error)
}

func (s *stream) end() {
	s.ended.Store(true)
	_ = s.ReadCloser.Close() // wakes a Read that waits for the next event
}

// Read makes a proper end also of one that the api didn't: readers drop an event that is not whole, and resume.
func (s *stream) Read(b []byte) (int, error) {
	n, err := s.ReadCloser.Read(b)
	switch {
	case err == nil:
		return n, nil
	case s.ended.Load(), errors.Is(err, io.EOF):
	case errors.Is(err, context.Canceled):
		return n, err
	default:
		s.broken(err)
	}
	return n, io.EOF
}

func (s *stream) Close() error {
	s.unhook()
	s.cancel()
	return s.ReadCloser.Close()
}
