-- +goose Up
-- Who has shown a token: web owns people, the api keeps the names it has to show beside what they did.
CREATE TABLE people (
    id         uuid PRIMARY KEY,
    name       text NOT NULL,
    email      text NOT NULL,
    picture    text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

-- +goose Down
DROP TABLE people;
