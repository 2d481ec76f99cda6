-- +goose Up
CREATE TABLE passwords (
    person_id uuid PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    hash text NOT NULL CHECK (hash LIKE '$argon2id$%'),
    changed_at timestamptz NOT NULL DEFAULT now()
);

-- +goose Down
DROP TABLE passwords;
