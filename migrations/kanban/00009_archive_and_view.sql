-- +goose Up
-- What a board is to each of its members alone. view_version counts the changes of what the member's read of it shows.
ALTER TABLE members
    ADD COLUMN starred_at timestamptz,
    ADD COLUMN opened_at timestamptz,
    ADD COLUMN view_version int NOT NULL DEFAULT 0;

-- A board's archiving stands beside its lock: a change that waited for it must find it, and sees of all rows but the
-- locked one only what they were before the wait.
ALTER TABLE board_seq
    ADD COLUMN changed_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN archived_at timestamptz,
    ADD COLUMN archived_by uuid REFERENCES people,
    ADD CHECK ((archived_at IS NULL) = (archived_by IS NULL));
UPDATE board_seq s
SET changed_at = a.at
FROM activity a
WHERE a.board_id = s.board_id AND a.seq = s.seq;

ALTER TABLE boards ADD COLUMN template text NOT NULL DEFAULT '';

-- Since when somebody has had a board, ever: the sample board is for those who never had one.
ALTER TABLE people ADD COLUMN boarded_at timestamptz;
UPDATE people p SET boarded_at = (SELECT min(m.joined_at) FROM members m WHERE m.person_id = p.id);

-- An archived column keeps its rank and shares it, if need be, with one that took its place.
ALTER TABLE columns
    ADD COLUMN hue text CHECK (hue IN ('red', 'orange', 'yellow', 'green', 'teal', 'blue', 'violet', 'pink')),
    ADD COLUMN kind text NOT NULL DEFAULT 'active' CHECK (kind IN ('backlog', 'active', 'done')),
    ADD COLUMN archived_at timestamptz,
    ADD COLUMN archived_by uuid REFERENCES people,
    ADD CHECK ((archived_at IS NULL) = (archived_by IS NULL)),
    DROP CONSTRAINT columns_board_id_rank_key;
CREATE UNIQUE INDEX columns_live_order ON columns (board_id, rank) WHERE archived_at IS NULL;

CREATE TABLE collapsed_columns (
    board_id  uuid NOT NULL,
    person_id uuid NOT NULL,
    column_id uuid NOT NULL,
    PRIMARY KEY (board_id, person_id, column_id),
    FOREIGN KEY (board_id, person_id) REFERENCES members (board_id, person_id) ON DELETE CASCADE,
    FOREIGN KEY (board_id, column_id) REFERENCES columns (board_id, id) ON DELETE CASCADE
);

-- +goose Down
DROP TABLE collapsed_columns;
DROP INDEX columns_live_order;
ALTER TABLE columns DROP COLUMN hue, DROP COLUMN kind, DROP COLUMN archived_at, DROP COLUMN archived_by, ADD UNIQUE (board_id, rank);
ALTER TABLE people DROP COLUMN boarded_at;
ALTER TABLE boards DROP COLUMN template;
ALTER TABLE board_seq DROP COLUMN changed_at, DROP COLUMN archived_at, DROP COLUMN archived_by;
ALTER TABLE members DROP COLUMN starred_at, DROP COLUMN opened_at, DROP COLUMN view_version;
