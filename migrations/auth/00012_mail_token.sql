-- +goose Up
-- A mail token is what a link in a mail proves: that whoever follows it reads the mail of that address. The row is
-- written when the mail is asked for; the secret is made when the mail goes out, and here is only its SHA-256, so that
-- a stolen copy of this table, or of the waiting jobs, opens nothing. It is deleted when it is used.
CREATE TABLE mail_tokens (
    id uuid PRIMARY KEY,
    purpose text NOT NULL CHECK (purpose IN ('verify', 'reset', 'invite')),
    person_id uuid REFERENCES people (id) ON DELETE CASCADE, -- none: an invitation, or a forgotten password's e-mail not looked up yet
    email text NOT NULL CHECK (email <> '' AND octet_length(email) <= 254),
    hash bytea UNIQUE CHECK (octet_length(hash) = 32), -- none until the mail goes out
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    CHECK (person_id IS NOT NULL OR purpose <> 'verify')
);

CREATE INDEX mail_tokens_person ON mail_tokens (person_id);
CREATE INDEX mail_tokens_email ON mail_tokens (email);
CREATE INDEX mail_tokens_expired ON mail_tokens (expires_at);

-- +goose Down
DROP TABLE mail_tokens;
