package telemetry

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// collector sends spans as OTLP over HTTP (https://opentelemetry.io/docs/specs/otlp/#otlphttp). The library's own
// client for that brings gRPC along, which makes a program half as large again.
type collector struct {
	url     string
	headers map[string]string
	client  *http.Client
	log     *slog.Logger
	away    atomic.Bool
}

const (
	sendTime  = 10 * time.Second // for one try
	sendTries = 3
	sendPause = time.Second // before the second try; then twice that
)

func newCollector(o Options, log *slog.Logger) *collector {
	return &collector{
		url: o.TraceEndpoint.JoinPath("v1", "traces").String(), headers: o.TraceHeaders, log: log,
		client: &http.Client{
			Timeout:   sendTime,
			Transport: &http.Transport{MaxIdleConnsPerHost: 1, IdleConnTimeout: time.Minute, TLSHandshakeTimeout: 5 * time.Second},
			// The headers may hold a key, which is for this address alone.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// Start is otlptrace.Client's; nothing needs to be begun.
func (c *collector) Start(context.Context) error { return nil }

// Stop is otlptrace.Client's.
func (c *collector) Stop(context.Context) error {
	c.client.CloseIdleConnections()
	return nil
}

// UploadTraces sends spans, and again where the collector says that it may work later. What can't be sent is dropped:
// the log says so once, and once more when it works again.
func (c *collector) UploadTraces(ctx context.Context, spans []*tracepb.ResourceSpans) error {
	discreet(spans)
	c.tell(ctx, c.send(ctx, spans))
	return nil // the library would print it, past our log
}

func (c *collector) tell(ctx context.Context, err error) {
	switch failed := err != nil; {
	case failed && !c.away.Swap(true):
		c.log.WarnContext(ctx, "spans are dropped: the collector doesn't take them", "err", err)
	case !failed && c.away.Swap(false):
		c.log.InfoContext(ctx, "the collector takes spans again")
	}
}

// discreet leaves out what the database says of an error: it may quote what somebody wrote. The log has it.
func discreet(spans []*tracepb.ResourceSpans) {
	for _, resource := range spans {
		for _, scope := range resource.ScopeSpans {
			for _, span := range scope.Spans {
				span.Events = nil
				if span.Status != nil {
					span.Status.Message = ""
				}
			}
		}
	}
}

func (c *collector) send(ctx context.Context, spans []*tracepb.ResourceSpans) error {
	// A TracesData is on the wire what the service's request is (opentelemetry/proto/trace/v1/trace.proto).
	body, err := proto.Marshal(&tracepb.TracesData{ResourceSpans: spans})
	if err != nil {
		return err
	}
	for try, pause := 1, sendPause; ; try, pause = try+1, 2*pause {
		again, err := c.post(ctx, body)
		if err == nil || !again || try == sendTries {
			return err
		}
		select {
		case <-ctx.Done():
			return errors.Join(err, ctx.Err())
		case <-time.After(pause):
		}
	}
}

// post reports whether another try may do better.
func (c *collector) post(ctx context.Context, body []byte) (again bool, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, bytes.NewReader(body))
	if err != nil {
		return false, err
	}
	for name, value := range c.headers {
		r.Header.Set(name, value)
	}
	r.Header.Set("Content-Type", "application/x-protobuf")
	res, err := c.client.Do(r)
	if err != nil {
		return true, err
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 64<<10)) // so that the connection can be used again
	switch res.StatusCode {
	case http.StatusOK, http.StatusAccepted, http.StatusNoContent:
		return false, nil
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true, fmt.Errorf("it answered %s", res.Status)
	default:
		return false, fmt.Errorf("it answered %s", res.Status)
	}
}
