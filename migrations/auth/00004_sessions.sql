-- +goose Up
-- A session is one browser that somebody signed in with. The cookie holds the id; here is only its SHA-256,
-- so that a stolen copy of this table opens nothing. public_id is the name that may be shown: the token's sid.
CREATE TABLE sessions (
    id_hash bytea PRIMARY KEY CHECK (octet_length(id_hash) = 32),
    public_id uuid NOT NULL UNIQUE,
    person_id uuid NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    touched_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL, -- however much it is used
    revoked_at timestamptz,
    user_agent text NOT NULL DEFAULT '',
    address inet NOT NULL,
    CHECK (expires_at > created_at)
);

CREATE INDEX sessions_person ON sessions (person_id);
CREATE INDEX sessions_expired ON sessions (expires_at);

-- +goose Down
DROP TABLE sessions;
