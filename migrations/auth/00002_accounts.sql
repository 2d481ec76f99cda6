-- +goose Up
-- An account is one way in: an identity is (issuer, subject), never an e-mail. The issuer 'password' is ours,
-- its subject the normalised e-mail; a provider's issuer is its URL.
CREATE TABLE accounts (
    issuer text NOT NULL,
    subject text NOT NULL CHECK (subject <> ''),
    person_id uuid NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (issuer, subject)
);

CREATE INDEX accounts_person ON accounts (person_id);
CREATE UNIQUE INDEX accounts_one_password ON accounts (person_id) WHERE issuer = 'password';

-- +goose Down
DROP TABLE accounts;
