-- +goose Up
-- An avatar is a picture that we encoded ourselves: people.picture is its path, which names the SHA-256 of its bytes.
CREATE TABLE avatars (
    person_id uuid PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    media_type text NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png')),
    image bytea NOT NULL CHECK (octet_length(image) BETWEEN 1 AND 1048576),
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX avatars_hash ON avatars (hash);

-- A provider's picture is fetched once, if at all: whoever removes it doesn't get it back with the next sign-in.
ALTER TABLE accounts ADD COLUMN picture_claimed_at timestamptz;

CREATE INDEX accounts_picture_waiting ON accounts (created_at) WHERE picture <> '' AND picture_claimed_at IS NULL;

-- +goose Down
DROP INDEX accounts_picture_waiting;
ALTER TABLE accounts DROP COLUMN picture_claimed_at;
DROP TABLE avatars;
