-- +goose Up
-- A column in the trash is in the archive too: whoever asks for what isn't archived has what is on the wall, as before.
ALTER TABLE columns
    ADD COLUMN deleted_at timestamptz,
    ADD COLUMN deleted_by uuid REFERENCES people,
    ADD CHECK ((deleted_at IS NULL) = (deleted_by IS NULL)),
    ADD CHECK (deleted_at IS NULL OR archived_at IS NOT NULL);
CREATE INDEX columns_to_purge ON columns (deleted_at) WHERE deleted_at IS NOT NULL;

-- +goose Down
DROP INDEX columns_to_purge;
ALTER TABLE columns DROP COLUMN deleted_at, DROP COLUMN deleted_by;
