-- +goose Up
-- A day without a time: whether it is over depends on where its reader is.
ALTER TABLE cards ADD COLUMN due_on date;

-- name_key is the name as names are compared and sorted: without regard to case, as bytes.
CREATE TABLE labels (
    board_id   uuid NOT NULL REFERENCES boards ON DELETE CASCADE,
    id         uuid NOT NULL,
    name       text NOT NULL,
    name_key   text COLLATE "C" NOT NULL,
    hue        text NOT NULL CHECK (hue IN ('red', 'orange', 'yellow', 'green', 'teal', 'blue', 'violet', 'pink')),
    version    int NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    created_by uuid NOT NULL REFERENCES people,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (board_id, id),
    UNIQUE (board_id, name_key)
);

CREATE TABLE card_labels (
    board_id uuid NOT NULL,
    card_id  uuid NOT NULL,
    label_id uuid NOT NULL,
    PRIMARY KEY (board_id, card_id, label_id),
    FOREIGN KEY (board_id, card_id) REFERENCES cards (board_id, id) ON DELETE CASCADE,
    FOREIGN KEY (board_id, label_id) REFERENCES labels (board_id, id) ON DELETE CASCADE
);
CREATE INDEX card_labels_by_label ON card_labels (board_id, label_id);

-- What was done to several cards at once is a row for each card, and one batch.
ALTER TABLE activity ADD COLUMN batch uuid;

-- +goose Down
ALTER TABLE activity DROP COLUMN batch;
DROP TABLE card_labels;
DROP TABLE labels;
ALTER TABLE cards DROP COLUMN due_on;
