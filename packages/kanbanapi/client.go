package kanbanapi

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/google/uuid"
)

// Client calls the api by its verbs. Every error it returns is a *problem.Error of the kind that the api
// meant, or problem.BadGateway ("api_away", "api_odd") and problem.Timeout ("api_slow") when the api did not answer,
// or the context's own error when the caller went away.
type Client struct {
	raw     ClientWithResponsesInterface
	streams ClientInterface // of what has no end to wait for
}

// Connect makes a client of the api at baseURL, which may carry a path. Each editor sees every request
// before it leaves: that is where the Bearer token comes from. No request is sent twice: redirects, which
// the api has none of, are not followed.
func Connect(baseURL string, doer *http.Client, editors ...RequestEditorFn) (*Client, error) {
	once := *doer
	once.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	options := []ClientOption{WithHTTPClient(refusing{&once})}
	for _, edit := range editors {
		options = append(options, WithRequestEditorFn(edit))
	}
	raw, err := NewClientWithResponses(baseURL, options...)
	if err != nil {
		return nil, fmt.Errorf("api client: %w", err)
	}
	return &Client{raw: raw, streams: raw.ClientInterface}, nil
}

// response is what all generated responses can tell of themselves.
type response interface{ StatusCode() int }

// answer returns the value of an expected answer, or why there is none.
func answer[T any](res response, err error, value func() *T) (T, error) {
	var zero T
	if err != nil {
		return zero, unreached(err)
	}
	if v := value(); v != nil {
		return *v, nil
	}
	return zero, odd(fmt.Errorf("status %d, which the contract doesn't have here", res.StatusCode()))
}

// done returns why there is no answer of the kind that has nothing to say.
func done(res response, err error) error {
	_, err = answer(res, err, func() *struct{} {
		if res.StatusCode() == http.StatusNoContent {
			return &struct{}{}
		}
		return nil
	})
	return err
}

// version writes a version as If-Match wants it (RFC 9110 §13.1.1).
func version(v int) *IfMatch {
	tag := strconv.Quote(strconv.Itoa(v))
	return &tag
}

// seqOf is the seq that the header of an answer without a body tells, 0 when it doesn't.
func seqOf(told *int64) int64 {
	if told == nil {
		return 0
	}
	return *told
}

// Me returns who the token says the caller is.
func (c *Client) Me(ctx context.Context) (Person, error) {
	res, err := c.raw.GetMeWithResponse(ctx)
	return answer(res, err, func() *Person { return res.JSON200 })
}

// DeleteMe takes the caller off all boards, for good; problem.Conflict ("sole_owner") while a board that others are on
// would be left without an owner. It may be said again.
func (c *Client) DeleteMe(ctx context.Context) error {
	res, err := c.raw.DeleteMeWithResponse(ctx, &DeleteMeParams{XConfirm: Leave})
	return done(res, err)
}

// Activity lists what happened on a board after a seq, oldest first, at most limit of it (0: the api's default).
func (c *Client) Activity(ctx context.Context, board uuid.UUID, after int64, limit int) (ActivityPage, error) {
	params := &ListActivityParams{After: &after, Limit: limitOf(limit)}
	res, err := c.raw.ListActivityWithResponse(ctx, board, params)
	return answer(res, err, func() *ActivityPage { return res.JSON200 })
}

// Story lists what happened on a board, newest first, one page from a cursor ("" for the first); of one card alone, unless it is
// nil. problem.NotFound as for the board.
func (c *Client) Story(ctx context.Context, board uuid.UUID, card *uuid.UUID, cursor string, limit int) (StoryPage, error) {
	res, err := c.raw.ListStoryWithResponse(ctx, board, &ListStoryParams{CardId: card, Cursor: cursorOf(cursor), Limit: limitOf(limit)})
	return answer(res, err, func() *StoryPage { return res.JSON200 })
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
