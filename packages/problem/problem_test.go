package problem_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"cardwall/packages/problem"
)

func TestKindsSurviveTheWire(t *testing.T) {
	t.Parallel()
	kinds := []problem.Kind{
		problem.Invalid, problem.Unauthenticated, problem.Forbidden, problem.NotFound, problem.MethodNotAllowed,
		problem.Conflict, problem.Stale, problem.TooLarge, problem.UnsupportedMedia, problem.Misdirected,
		problem.PreconditionRequired, problem.TooMany, problem.HeaderTooLarge, problem.Internal,
		problem.BadGateway, problem.Unavailable, problem.Timeout,
	}
	for _, kind := range kinds {
		sent := problem.New(kind, "some_code", "A sentence.")
		wire, err := json.Marshal(sent.Document("req-1"))
		if err != nil {
			t.Fatal(err)
		}
		var doc problem.Document
		if err := json.Unmarshal(wire, &doc); err != nil {
			t.Fatal(err)
		}
		if got := doc.Error(); got.Kind != kind || got.Code != "some_code" || got.Detail != "A sentence." {
			t.Errorf("%s came back as %+v", kind, got)
		}
	}
}

func TestCauseStaysInside(t *testing.T) {
	t.Parallel()
	cause := errors.New("dial tcp 10.0.0.7:5432: refused")
	err := fmt.Errorf("listing: %w", problem.New(problem.Unavailable, "database_away", "Try again soon.").Because(cause).After(time.Second))

	if !errors.Is(err, cause) || !problem.Is(err, problem.Unavailable) {
		t.Fatalf("the chain lost something: %v", err)
	}
	wire, marshalErr := json.Marshal(problem.From(err).Document("req-1"))
	if marshalErr != nil {
		t.Fatal(marshalErr)
	}
	if want := `{"type":"about:blank","title":"Service Unavailable","status":503,"code":"database_away","detail":"Try again soon.","request_id":"req-1"}`; string(wire) != want {
		t.Errorf("document:\n got %s\nwant %s", wire, want)
	}
}

func TestUnforeseenErrorsAreInternal(t *testing.T) {
	t.Parallel()
	if got := problem.From(errors.New("boom")); got.Kind != problem.Internal || got.Kind.Status() != 500 {
		t.Errorf("got %+v", got)
	}
	if got := problem.KindOf(418); got != problem.Invalid {
		t.Errorf("418 reads as %s", got)
	}
	if got := problem.KindOf(599); got != problem.Internal {
		t.Errorf("599 reads as %s", got)
	}
}
