-- +goose Up
-- What was done to a card, newest first. Columns and labels are asked for by the board's whole list alone.
CREATE INDEX activity_of_card ON activity (board_id, card_id, seq) WHERE card_id IS NOT NULL;

-- +goose Down
DROP INDEX activity_of_card;
