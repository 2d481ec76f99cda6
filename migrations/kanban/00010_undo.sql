-- +goose Up
-- Undo goes back through what one person did on a board in one sign-in. What a board begins with is of no sign-in, and
-- neither is what was done before there was undo: nobody takes that back.
ALTER TABLE activity
    ADD COLUMN session uuid,
    ADD COLUMN undid bigint, -- the seq of what this row takes back
    ADD COLUMN redo boolean NOT NULL DEFAULT false, -- what it takes back is itself an undo
    ADD CHECK (undid < seq),
    ADD CHECK (NOT redo OR undid IS NOT NULL);
CREATE INDEX activity_of_session ON activity (board_id, session, seq) WHERE session IS NOT NULL;
-- Nothing is taken back twice.
CREATE UNIQUE INDEX activity_undid ON activity (board_id, undid) WHERE undid IS NOT NULL;

-- +goose Down
DROP INDEX activity_undid;
DROP INDEX activity_of_session;
ALTER TABLE activity DROP COLUMN session, DROP COLUMN undid, DROP COLUMN redo;
