-- +goose Up
-- The names of changes that left no activity, since they changed nothing, or only how one person sees the board: they too
-- are made once.
CREATE TABLE silent_changes (
    board_id  uuid NOT NULL,
    person_id uuid NOT NULL,
    change_id uuid NOT NULL,
    made_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (board_id, person_id, change_id),
    FOREIGN KEY (board_id, person_id) REFERENCES members (board_id, person_id) ON DELETE CASCADE
);

-- +goose Down
DROP TABLE silent_changes;
