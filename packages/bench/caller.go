package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/google/uuid"
)

// caller is the way over HTTP, with connections that are kept alive.
type caller struct {
	base      string // what /boards comes after
	authorize func(http.Header) error
	client    *http.Client
}

func newCaller(base string, authorize func(http.Header) error) *caller {
	transport := &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true}
	return &caller{base: base, authorize: authorize, client: &http.Client{Transport: transport}}
}

type made struct {
	ID uuid.UUID `json:"id"`
}

func (c *caller) createBoard(ctx context.Context, title string) (uuid.UUID, []uuid.UUID, error) {
	var board made
	if err := c.post(ctx, "/boards", map[string]any{"title": title}, http.StatusCreated, &board); err != nil {
		return uuid.Nil, nil, err
	}
	columns := make([]uuid.UUID, columnsPerBoard)
	for i := range columns {
		var column made
		path := "/boards/" + board.ID.String() + "/columns"
		if err := c.post(ctx, path, map[string]any{"title": fmt.Sprintf("Column %d", i+1)}, http.StatusCreated, &column); err != nil {
			return uuid.Nil, nil, err
		}
		columns[i] = column.ID
	}
	return board.ID, columns, nil
}

func (c *caller) createCard(ctx context.Context, on *wall, column uuid.UUID, title string) (uuid.UUID, error) {
	var card made
	body := map[string]any{"column_id": column, "title": title}
	err := c.post(ctx, "/boards/"+on.board.String()+"/cards", body, http.StatusCreated, &card)
	return card.ID, err
}

func (c *caller) moveCard(ctx context.Context, on *wall, m move) error {
	body := map[string]any{"column_id": m.column, "at": "end"}
	if m.after != uuid.Nil {
		body = map[string]any{"column_id": m.column, "after": m.after}
	}
	return c.post(ctx, "/boards/"+on.board.String()+"/cards/"+m.card.String()+"/move", body, http.StatusOK, nil)
}

func (c *caller) readBoard(ctx context.Context, on *wall) error {
	return c.call(ctx, http.MethodGet, "/boards/"+on.board.String(), nil, http.StatusOK, nil)
}

func (c *caller) post(ctx context.Context, path string, body any, want int, into any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	return c.call(ctx, http.MethodPost, path, raw, want, into)
}

// call reads the whole answer, into a value unless that is nil. Any status but the wanted one is an error.
func (c *caller) call(ctx context.Context, method, path string, body []byte, want int, into any) error {
	request, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if err := c.authorize(request.Header); err != nil {
		return err
	}
	response, err := c.client.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != want {
		said, _ := io.ReadAll(response.Body)
		return &refusal{request: method + " " + path, status: response.StatusCode, want: want, said: string(said)}
	}
	if into != nil {
		err = json.NewDecoder(response.Body).Decode(into)
	}
	_, drained := io.Copy(io.Discard, response.Body)
	return errors.Join(err, drained)
}

// refusal is an answer of another status than the wanted one.
type refusal struct {
	request      string
	status, want int
	said         string
}

func (r *refusal) Error() string {
	return fmt.Sprintf("%s: %d, not %d\n%s", r.request, r.status, r.want, r.said)
}
