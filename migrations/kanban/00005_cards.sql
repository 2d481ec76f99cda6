-- +goose Up
CREATE TABLE cards (
    board_id    uuid NOT NULL,
    id          uuid NOT NULL,
    number      int NOT NULL,
    column_id   uuid NOT NULL,
    rank        text COLLATE "C" NOT NULL,
    title       text NOT NULL,
    description text NOT NULL DEFAULT '',
    version     int NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL DEFAULT now(),
    created_by  uuid NOT NULL REFERENCES people,
    updated_at  timestamptz NOT NULL DEFAULT now(),
    archived_at timestamptz,
    archived_by uuid REFERENCES people,
    deleted_at  timestamptz,
    deleted_by  uuid REFERENCES people,
    PRIMARY KEY (board_id, id),
    UNIQUE (board_id, number),
    FOREIGN KEY (board_id, column_id) REFERENCES columns (board_id, id) ON DELETE CASCADE,
    CHECK ((archived_at IS NULL) = (archived_by IS NULL)),
    CHECK ((deleted_at IS NULL) = (deleted_by IS NULL))
);

-- The order of what is on the wall: no two live cards of a column share a rank.
CREATE UNIQUE INDEX cards_live_order ON cards (board_id, column_id, rank)
    WHERE archived_at IS NULL AND deleted_at IS NULL;

-- +goose Down
DROP TABLE cards;
