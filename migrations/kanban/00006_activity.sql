-- +goose Up
-- One row for each thing that happened, written in the transaction that made it happen.
CREATE TABLE activity (
    board_id  uuid NOT NULL REFERENCES boards ON DELETE CASCADE,
    seq       bigint NOT NULL,
    at        timestamptz NOT NULL DEFAULT clock_timestamp(), -- read under the board's lock, so that it follows seq
    actor_id  uuid NOT NULL REFERENCES people,
    verb      text NOT NULL,
    card_id   uuid,
    column_id uuid,
    origin    text NOT NULL DEFAULT '',
    was       jsonb NOT NULL DEFAULT '{}',
    became    jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (board_id, seq)
);

-- +goose Down
DROP TABLE activity;
