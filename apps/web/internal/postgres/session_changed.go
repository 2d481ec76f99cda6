package postgres

import (
	"context"
	"encoding/hex"
	"log/slog"

	"github.com/google/uuid"

	"cardwall/apps/web/internal/session"
	"cardwall/packages/postgres"
)

// ListenForSessions tells changes of every session that ends and every person who changes, by whichever replica, until
// ctx ends. The URL of direct must lead to the server itself, not to a pooler. It is the triggers of
// migrations/auth/00008_session_changed.sql that notify.
func ListenForSessions(ctx context.Context, direct postgres.Config, changes *session.Changes, log *slog.Logger) {
	postgres.Listener{
		Config: direct, Channel: "session_changed", Log: log,
		Up: changes.Hearing, Down: changes.Deaf,
		Heard: func(payload string) { sessionChanged(changes, payload) },
	}.Run(ctx)
}

// sessionChanged takes what it doesn't understand for a change of everything: it may be of a later release.
func sessionChanged(changes *session.Changes, payload string) {
	if hash, err := hex.DecodeString(payload); err == nil && len(hash) == len(session.Hash{}) {
		changes.Session(session.Hash(hash))
	} else if id, err := uuid.Parse(payload); err == nil {
		changes.Person(id)
	} else {
		changes.All()
	}
}
