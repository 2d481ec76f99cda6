-- +goose Up
-- A board's members in the order in which they came: its first ones are found for each board of a list.
CREATE INDEX members_in_order ON members (board_id, joined_at, person_id);

-- +goose Down
DROP INDEX members_in_order;
