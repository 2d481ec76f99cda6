package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"
	"time"

	"cardwall/packages/problem"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/puddle/v2"
)

// retryAfter is how long a client is asked to wait: a restart of the server takes about as long.
const retryAfter = 2 * time.Second

// Error turns trouble with the database into an Unavailable with a RetryAfter; the cause stays inside for the log.
//
// The code "database_away" is trouble with the connection: refused, lost, none free, the server starting, shutting
// down, standing by or full. "busy" is a database that takes too long: a lock or a statement that timed out,
// transactions that stood in each other's way to the end, a deadline of the caller's.
//
// Every other error comes back as it was, a cancelled context and a problem that is one already among
// them, and nil stays nil.
func Error(err error) error {
	var known *problem.Error
	switch {
	case err == nil, errors.As(err, &known), errors.Is(err, context.Canceled):
		return err
	case isConnection(err):
		return away(err)
	case isBusy(err):
		return busy(err)
	default:
		return err
	}
}

func busy(cause error) error {
	return problem.New(problem.Unavailable, "busy",
		"Cardwall has more to do than it manages just now. Nothing was lost; please try again in a moment.").
		After(retryAfter).Because(cause)
}

func away(cause error) error {
	return problem.New(problem.Unavailable, "database_away",
		"Cardwall's database isn't answering just now. Nothing was lost; please try again in a moment.").
		After(retryAfter).Because(cause)
}

func isConnection(err error) bool {
	var refused *pgconn.ConnectError
	var reply *pgconn.PgError
	switch {
	case errors.As(err, &refused):
		return true
	case errors.As(err, &reply):
		return isServerAway(reply.Code)
	default:
		return isLost(err)
	}
}

// isServerAway reports whether a SQLSTATE speaks of the server or the session rather than of the statement.
func isServerAway(code string) bool {
	switch code {
	case "57P01", "57P02", "57P03", // shut down by an operator, crashed, still starting
		"57P05", "25P03", // ended because it was idle
		"25006", // only reads: a standby that has not taken over yet
		"53300": // too many clients
		return true
	default:
		return strings.HasPrefix(code, "08")
	}
}

// isBusy reports whether the database answers, but not in time.
func isBusy(err error) bool {
	var reply *pgconn.PgError
	if !errors.As(err, &reply) {
		return errors.Is(err, context.DeadlineExceeded)
	}
	switch reply.Code {
	case "55P03", // waited too long for a lock
		"57014": // ran too long
		return true
	default:
		return isRetryable(err)
	}
}

func isLost(err error) bool {
	for _, sign := range []error{
		errBusy, errNoAnswer, puddle.ErrClosedPool, pgconn.ErrConnClosed,
		io.EOF, io.ErrUnexpectedEOF, syscall.ECONNRESET, syscall.ECONNREFUSED, syscall.EPIPE, net.ErrClosed,
	} {
		if errors.Is(err, sign) {
			return true
		}
	}
	var dial *net.OpError
	return errors.As(err, &dial) && !errors.Is(err, context.DeadlineExceeded)
}

// ForOperator says of a database that is away which setting leads there, for whoever starts a program;
// other errors stay as they are.
func ForOperator(err error) error {
	if !problem.Is(err, problem.Unavailable) {
		return err
	}
	return fmt.Errorf("the database that DATABASE_URL names can't be reached: %w", problem.From(err).Unwrap())
}
