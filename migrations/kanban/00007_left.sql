-- +goose Up
-- Somebody who has deleted their account stays as a row without a name, an e-mail or a picture: what they did on
-- boards of others still needs somebody who did it.
ALTER TABLE people ADD COLUMN left_at timestamptz;

-- +goose Down
ALTER TABLE people DROP COLUMN left_at;
