-- +goose Up
-- Somebody who speaks to their computer, or whose hand slips, turns single-key shortcuts off (WCAG 2.1.4): since when, or NULL.
ALTER TABLE people ADD COLUMN keys_off_at timestamptz;

-- +goose Down
ALTER TABLE people DROP COLUMN keys_off_at;
