-- +goose Up
CREATE TABLE members (
    board_id  uuid NOT NULL REFERENCES boards ON DELETE CASCADE,
    person_id uuid NOT NULL REFERENCES people,
    role      text NOT NULL CHECK (role IN ('owner', 'editor', 'viewer')),
    joined_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (board_id, person_id)
);
CREATE INDEX members_by_person ON members (person_id, board_id);

-- +goose Down
DROP TABLE members;
