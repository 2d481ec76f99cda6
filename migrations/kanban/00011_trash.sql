-- +goose Up
-- A board's archive and its trash, each read from what came last. What was archived before it was deleted is in the trash.
CREATE INDEX cards_away ON cards (board_id, (deleted_at IS NOT NULL), coalesce(deleted_at, archived_at), id)
    WHERE archived_at IS NOT NULL OR deleted_at IS NOT NULL;
-- What has been in the trash for long enough is looked for on all boards at once.
CREATE INDEX cards_to_purge ON cards (deleted_at) WHERE deleted_at IS NOT NULL;

-- A board's deletion stands beside its lock, for the reason that its archiving does.
ALTER TABLE board_seq
    ADD COLUMN deleted_at timestamptz,
    ADD COLUMN deleted_by uuid REFERENCES people,
    ADD CHECK ((deleted_at IS NULL) = (deleted_by IS NULL));
CREATE INDEX boards_to_purge ON board_seq (deleted_at) WHERE deleted_at IS NOT NULL;

-- +goose Down
DROP INDEX boards_to_purge;
ALTER TABLE board_seq DROP COLUMN deleted_at, DROP COLUMN deleted_by;
DROP INDEX cards_to_purge;
DROP INDEX cards_away;
