package kanbanapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strconv"

	"github.com/google/uuid"

	"cardwall/packages/problem"
)

// Client calls the api by its verbs. Every error it returns is a *problem.Error of the kind that the api
// meant, or problem.BadGateway ("api_away") and problem.Timeout ("api_slow") when the api did not answer,
// or the context's own error when the caller went away.
type Client struct{ raw ClientWithResponsesInterface }

// Connect makes a client of the api at baseURL, which may carry a path. Each editor sees every request
// before it leaves: that is where the Bearer token comes from.
func Connect(baseURL string, doer *http.Client, editors ...RequestEditorFn) (*Client, error) {
	options := []ClientOption{WithHTTPClient(doer)}
	for _, edit := range editors {
		options = append(options, WithRequestEditorFn(edit))
	}
	raw, err := NewClientWithResponses(baseURL, options...)
	if err != nil {
		return nil, fmt.Errorf("api client: %w", err)
	}
	return &Client{raw: raw}, nil
}

// response is what all generated responses can tell of themselves.
type response interface {
	StatusCode() int
	GetBody() []byte
}

// answer returns the value of an expected answer, or the error that the answer stands for.
func answer[T any](res response, err error, value func() *T) (T, error) {
	var zero T
	if err != nil {
		return zero, unreached(err)
	}
	if v := value(); v != nil {
		return *v, nil
	}
	return zero, Refusal(res.StatusCode(), res.GetBody())
}

// unreached names the failure to get any answer.
func unreached(err error) error {
	var known *problem.Error
	switch {
	case errors.As(err, &known), errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded):
		return problem.New(problem.Timeout, "api_slow", "The board service took too long to answer. Please try again.").Because(err)
	default:
		return problem.New(problem.BadGateway, "api_away", "The board service can't be reached right now. Please try again in a moment.").Because(err)
	}
}

// Refusal reads a problem document back into the error it was made from. A body that is none, from
// something that stands in front of the api perhaps, is problem.BadGateway.
func Refusal(status int, body []byte) error {
	var doc problem.Document
	if err := json.Unmarshal(body, &doc); err != nil || doc.Code == "" {
		cause := fmt.Errorf("status %d without a problem document", status)
		return problem.New(problem.BadGateway, "api_odd", "The board service gave an answer that makes no sense. Please try again in a moment.").Because(cause)
	}
	doc.Status = status
	return doc.Error()
}

// version writes a version as If-Match wants it (RFC 9110 §13.1.1).
func version(v int) *IfMatch {
	tag := strconv.Quote(strconv.Itoa(v))
	return &tag
}

// Me returns who the token says the caller is.
func (c *Client) Me(ctx context.Context) (Person, error) {
	res, err := c.raw.GetMeWithResponse(ctx)
	return answer(res, err, func() *Person { return res.JSON200 })
}

// Activity lists what happened on a board after a seq, oldest first, at most limit of it (0: the api's default).
func (c *Client) Activity(ctx context.Context, board uuid.UUID, after int64, limit int) (ActivityPage, error) {
	params := &ListActivityParams{After: &after, Limit: limitOf(limit)}
	res, err := c.raw.ListActivityWithResponse(ctx, board, params)
	return answer(res, err, func() *ActivityPage { return res.JSON200 })
}

func limitOf(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

func cursorOf(cursor string) *string {
	if cursor == "" {
		return nil
	}
	return &cursor
}
