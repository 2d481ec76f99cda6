-- name: CardPurge :exec
DELETE FROM cards WHERE board_id = @board_id AND id = @id AND deleted_at IS NOT NULL;

-- name: CardPurgeOld :many
-- Some of a board's cards that have been in the trash for so long.
DELETE FROM cards
WHERE cards.board_id = @board_id AND cards.id IN (
    SELECT k.id FROM cards k
    WHERE k.board_id = @board_id AND k.deleted_at IS NOT NULL AND k.deleted_at < now() - @keeps::interval
    ORDER BY k.deleted_at
    LIMIT @max_rows::int
)
RETURNING id;

-- name: ActivityForget :exec
-- What was done to cards that are gone keeps its place, and in which columns it was; what people wrote is taken out.
UPDATE activity a
SET was = (SELECT coalesce(jsonb_object_agg(f.key, f.value), '{}') FROM jsonb_each(a.was) f WHERE f.key IN ('number', 'column_id', 'archived', 'deleted')),
    became = (SELECT coalesce(jsonb_object_agg(f.key, f.value), '{}') FROM jsonb_each(a.became) f WHERE f.key IN ('number', 'column_id', 'archived', 'deleted'))
WHERE a.board_id = @board_id AND a.card_id = ANY (@card_ids::uuid[]);

-- name: BoardPurge :exec
DELETE FROM boards WHERE id = @board_id;

-- name: BoardToPurge :one
-- The board that has been in the trash for longest, if that is long enough.
SELECT board_id FROM board_seq WHERE deleted_at < now() - @keeps::interval ORDER BY deleted_at LIMIT 1;

-- name: BoardOfCardToPurge :one
SELECT board_id FROM cards WHERE deleted_at < now() - @keeps::interval ORDER BY deleted_at LIMIT 1;

-- name: BoardLockToPurge :one
-- As a change does, so that nothing comes back while it is purged, and nothing is purged that came back.
SELECT (deleted_at IS NOT NULL AND deleted_at < now() - @keeps::interval)::bool AS gone FROM board_seq WHERE board_id = @board_id FOR UPDATE;
