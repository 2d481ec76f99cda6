-- +goose Up
-- A create that is sent again answers with the seq of the activity that made the thing: for a card that is its first, and of
-- columns and labels there are few.
CREATE INDEX activity_of_making ON activity (board_id, coalesce(column_id, (became ->> 'label_id')::uuid), seq)
    WHERE verb IN ('column_created', 'label_created');

-- +goose Down
DROP INDEX activity_of_making;
