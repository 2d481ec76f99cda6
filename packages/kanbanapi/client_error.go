package kanbanapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"

	"cardwall/packages/problem"
)

// Away is the error of whoever can't reach the api: problem.BadGateway "api_away".
func Away(cause error) *problem.Error {
	return problem.New(problem.BadGateway, "api_away", "The board service can't be reached right now. Please try again in a moment.").Because(cause)
}

// Slow is the error of whoever waited too long for the api: problem.Timeout "api_slow".
func Slow(cause error) *problem.Error {
	return problem.New(problem.Timeout, "api_slow", "The board service took too long to answer. Please try again in a moment.").Because(cause)
}

func odd(cause error) *problem.Error {
	return problem.New(problem.BadGateway, "api_odd", "The board service gave an answer that makes no sense. Please try again in a moment.").Because(cause)
}

// unreached names the failure to get any answer.
func unreached(err error) error {
	var (
		known   *problem.Error
		op      *net.OpError
		network net.Error
	)
	switch {
	case errors.As(err, &known), errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &op) && op.Op == "dial":
		return Away(err)
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return Slow(err)
	default:
		return Away(err)
	}
}

// refusing turns every answer that is a refusal into the error that the api meant.
type refusing struct{ client *http.Client }

// maxDocument is how much of a refusal is read; with a board as Current it may be large.
const maxDocument = 8 << 20

// Do is HttpRequestDoer's.
func (c refusing) Do(r *http.Request) (*http.Response, error) {
	res, err := c.client.Do(r)
	if err != nil || res.StatusCode < http.StatusMultipleChoices {
		return res, err
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxDocument))
	if err != nil {
		return nil, err
	}
	return nil, refusal(res, body)
}

// refusal reads a problem document back into the error it was made from, with the Retry-After beside it
// (RFC 9110 §10.2.3). A body that is none comes from something that stands in front of the api.
func refusal(res *http.Response, body []byte) error {
	var doc problem.Document
	if err := json.Unmarshal(body, &doc); err != nil || doc.Code == "" {
		return odd(fmt.Errorf("status %d without a problem document", res.StatusCode))
	}
	doc.Status = res.StatusCode
	if seconds, err := strconv.Atoi(res.Header.Get("Retry-After")); err == nil && seconds > 0 {
		return doc.Error().After(time.Duration(seconds) * time.Second)
	}
	return doc.Error()
}
