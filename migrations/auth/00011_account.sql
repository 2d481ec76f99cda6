-- +goose Up
-- What a provider says of an account's owner, for the account page. It is hearsay of the day it was last used: who
-- somebody is, and which e-mail is theirs, stands in people.
ALTER TABLE accounts
    ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid(), -- its name in forms
    ADD COLUMN provider text NOT NULL DEFAULT 'password', -- which of the configured ones, or 'password'
    ADD COLUMN email text NOT NULL DEFAULT '',
    ADD COLUMN email_verified boolean NOT NULL DEFAULT false,
    ADD COLUMN name text NOT NULL DEFAULT '',
    ADD COLUMN picture text NOT NULL DEFAULT '', -- an address that no page shows
    ADD COLUMN used_at timestamptz;

CREATE UNIQUE INDEX accounts_id ON accounts (id);
CREATE INDEX people_email ON people (email) WHERE email <> '';

-- +goose Down
DROP INDEX people_email;
ALTER TABLE accounts
    DROP COLUMN id,
    DROP COLUMN provider,
    DROP COLUMN email,
    DROP COLUMN email_verified,
    DROP COLUMN name,
    DROP COLUMN picture,
    DROP COLUMN used_at;
