-- +goose Up
-- Ranks compare as bytes (COLLATE "C"), so that Postgres and Go agree on the order.
CREATE TABLE columns (
    board_id   uuid NOT NULL REFERENCES boards ON DELETE CASCADE,
    id         uuid NOT NULL,
    title      text NOT NULL,
    wip_limit  int CHECK (wip_limit > 0),
    rank       text COLLATE "C" NOT NULL,
    version    int NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    created_by uuid NOT NULL REFERENCES people,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (board_id, id),
    UNIQUE (board_id, rank)
);

-- +goose Down
DROP TABLE columns;
