-- +goose Up
-- The name that a client gave a change, so that one which arrives twice is made once.
ALTER TABLE activity ADD COLUMN change_id uuid;
CREATE INDEX activity_of_change ON activity (board_id, change_id) WHERE change_id IS NOT NULL;

-- +goose Down
DROP INDEX activity_of_change;
ALTER TABLE activity DROP COLUMN change_id;
