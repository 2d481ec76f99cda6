-- name: CardPurge :exec
DELETE FROM cards WHERE board_id = @board_id AND id = @id AND deleted_at IS NOT NULL;

-- name: CardPurgeOld :many
-- Some of a board's cards that have been in the trash for so long, by themselves or with their column.
DELETE FROM cards
WHERE cards.board_id = @board_id AND cards.id IN (
    SELECT k.id FROM cards k
    JOIN columns c ON c.board_id = k.board_id AND c.id = k.column_id
    WHERE k.board_id = @board_id AND (k.deleted_at < now() - @keeps::interval OR c.deleted_at < now() - @keeps::interval)
    ORDER BY least(k.deleted_at, c.deleted_at)
    LIMIT @max_rows::int
)
RETURNING id;

-- name: ColumnPurgeOld :many
-- Columns that have been there for so long and hold no card any more.
DELETE FROM columns
WHERE columns.board_id = @board_id AND columns.deleted_at < now() - @keeps::interval
  AND NOT EXISTS (SELECT FROM cards k WHERE k.board_id = columns.board_id AND k.column_id = columns.id)
RETURNING id;

-- name: CardPurgeByColumn :many
DELETE FROM cards
WHERE cards.board_id = @board_id AND cards.column_id = @column_id
  AND EXISTS (SELECT FROM columns c WHERE c.board_id = @board_id AND c.id = @column_id AND c.deleted_at IS NOT NULL)
RETURNING id;

-- name: ColumnPurge :exec
DELETE FROM columns WHERE board_id = @board_id AND id = @id AND deleted_at IS NOT NULL;

-- name: ActivityForget :exec
-- What was done to cards and columns that are gone keeps its place, and in which columns it was; what people wrote is taken out.
UPDATE activity a
SET was = (SELECT coalesce(jsonb_object_agg(f.key, f.value), '{}') FROM jsonb_each(a.was) f
           WHERE f.key IN ('number', 'column_id', 'kind', 'archived', 'deleted')),
    became = (SELECT coalesce(jsonb_object_agg(f.key, f.value), '{}') FROM jsonb_each(a.became) f
              WHERE f.key IN ('number', 'column_id', 'kind', 'archived', 'deleted'))
WHERE a.board_id = @board_id
  AND (a.card_id = ANY (@card_ids::uuid[]) OR (a.card_id IS NULL AND a.column_id = ANY (@column_ids::uuid[])));

-- name: BoardPurge :exec
DELETE FROM boards WHERE id = @board_id;

-- name: BoardToPurge :one
-- The board that has been in the trash for longest, if that is long enough.
SELECT board_id FROM board_seq WHERE deleted_at < now() - @keeps::interval ORDER BY deleted_at LIMIT 1;

-- name: BoardOfCardToPurge :one
SELECT board_id FROM cards WHERE deleted_at < now() - @keeps::interval ORDER BY deleted_at LIMIT 1;

-- name: BoardOfColumnToPurge :one
SELECT board_id FROM columns WHERE deleted_at < now() - @keeps::interval ORDER BY deleted_at LIMIT 1;

-- name: BoardLockToPurge :one
-- As a change does, so that nothing comes back while it is purged, and nothing is purged that came back.
SELECT (deleted_at IS NOT NULL AND deleted_at < now() - @keeps::interval)::bool AS gone FROM board_seq WHERE board_id = @board_id FOR UPDATE;
