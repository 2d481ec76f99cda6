-- +goose Up
CREATE TABLE boards (
    id         uuid PRIMARY KEY,
    title      text NOT NULL,
    version    int NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    created_by uuid NOT NULL REFERENCES people,
    updated_at timestamptz NOT NULL DEFAULT now()
);

-- One narrow row per board, updated first by every change: the only lock a change takes. It hands out the
-- activity's gapless seq and the cards' numbers, and so puts the board's changes into one order.
CREATE TABLE board_seq (
    board_id    uuid PRIMARY KEY REFERENCES boards ON DELETE CASCADE,
    seq         bigint NOT NULL DEFAULT 0,
    last_number int NOT NULL DEFAULT 0
) WITH (fillfactor = 20);

-- +goose Down
DROP TABLE board_seq;
DROP TABLE boards;
