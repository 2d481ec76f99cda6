-- +goose Up
-- A card's versions, newest first: what made it and each edit of it. Moves, of which there are more, don't pay for it.
CREATE INDEX activity_of_card_version ON activity (board_id, card_id, seq)
    WHERE verb IN ('card_created', 'card_edited');

-- +goose Down
DROP INDEX activity_of_card_version;
