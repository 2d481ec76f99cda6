-- +goose Up
-- A person is somebody who has signed in; id is the token's sub. What proves who they are stands in accounts.
CREATE TABLE people (
    id uuid PRIMARY KEY,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    email text NOT NULL DEFAULT '' CHECK (octet_length(email) <= 254), -- '' when a provider vouches for none
    email_verified_at timestamptz CHECK (email_verified_at IS NULL OR email <> ''),
    picture text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now(),
    disabled_at timestamptz, -- by an operator; the audit says which
    disabled_by text,
    CHECK ((disabled_at IS NULL) = (disabled_by IS NULL))
);

-- An e-mail is one person's only once it is verified: a squatter's claim must not keep the owner out.
CREATE UNIQUE INDEX people_verified_email ON people (email) WHERE email_verified_at IS NOT NULL;

-- +goose Down
DROP TABLE people;
