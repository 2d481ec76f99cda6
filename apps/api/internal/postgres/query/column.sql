-- name: ColumnSizeListByBoards :many
SELECT c.board_id, c.title, c.hue,
       (SELECT count(*) FROM cards
        WHERE cards.board_id = c.board_id AND cards.column_id = c.id
          AND cards.archived_at IS NULL AND cards.deleted_at IS NULL)::int AS card_count
FROM columns c
WHERE c.board_id = ANY (@board_ids::uuid[]) AND c.archived_at IS NULL
ORDER BY c.board_id, c.rank;

-- name: ColumnListByBoard :many
SELECT sqlc.embed(columns),
       (SELECT count(*) FROM cards
        WHERE cards.board_id = columns.board_id AND cards.column_id = columns.id
          AND cards.archived_at IS NULL AND cards.deleted_at IS NULL)::int AS card_count,
       EXISTS (SELECT FROM collapsed_columns l
               WHERE l.board_id = columns.board_id AND l.person_id = @person_id AND l.column_id = columns.id)::bool AS collapsed
FROM columns
WHERE columns.board_id = @board_id AND columns.archived_at IS NULL
ORDER BY columns.rank, columns.id;

-- name: ColumnGet :one
SELECT sqlc.embed(columns),
       (SELECT count(*) FROM cards
        WHERE cards.board_id = columns.board_id AND cards.column_id = columns.id
          AND cards.archived_at IS NULL AND cards.deleted_at IS NULL)::int AS card_count
FROM columns
WHERE columns.board_id = @board_id AND columns.id = @id;

-- name: ColumnCreate :exec
INSERT INTO columns (board_id, id, title, wip_limit, hue, kind, rank, created_by)
VALUES (@board_id, @id, @title, @wip_limit, @hue, @kind, @rank, @created_by);

-- name: ColumnUpdate :exec
UPDATE columns SET title = @title, wip_limit = @wip_limit, hue = @hue, kind = @kind, version = version + 1, updated_at = now()
WHERE board_id = @board_id AND id = @id;

-- name: ColumnMove :exec
UPDATE columns SET rank = @rank WHERE board_id = @board_id AND id = @id;

-- name: ColumnArchive :exec
UPDATE columns SET archived_at = now(), archived_by = @actor_id WHERE board_id = @board_id AND id = @id;

-- name: ColumnRestore :exec
UPDATE columns SET archived_at = NULL, archived_by = NULL, deleted_at = NULL, deleted_by = NULL, rank = @rank WHERE board_id = @board_id AND id = @id;

-- name: ColumnDelete :exec
-- What is in the trash is in the archive too, since when it is there.
UPDATE columns
SET deleted_at = now(), deleted_by = @actor_id, archived_at = coalesce(archived_at, now()), archived_by = coalesce(archived_by, @actor_id)
WHERE board_id = @board_id AND id = @id;

-- name: ColumnUndelete :exec
UPDATE columns SET deleted_at = NULL, deleted_by = NULL WHERE board_id = @board_id AND id = @id;

-- name: ColumnRankTaken :one
SELECT EXISTS (SELECT FROM columns WHERE board_id = @board_id AND rank = @rank AND archived_at IS NULL);

-- name: ColumnGapAtEnd :one
SELECT coalesce(max(rank), '')::text AS low FROM columns WHERE board_id = @board_id AND archived_at IS NULL;

-- name: ColumnGapBefore :one
SELECT coalesce((SELECT max(o.rank) FROM columns o
                 WHERE o.board_id = n.board_id AND o.rank < n.rank AND o.id <> @moving AND o.archived_at IS NULL), '')::text AS low,
       n.rank AS high
FROM columns n
WHERE n.board_id = @board_id AND n.id = @neighbour AND n.archived_at IS NULL;

-- name: ColumnGapAfter :one
SELECT n.rank AS low,
       coalesce((SELECT min(o.rank) FROM columns o
                 WHERE o.board_id = n.board_id AND o.rank > n.rank AND o.id <> @moving AND o.archived_at IS NULL), '')::text AS high
FROM columns n
WHERE n.board_id = @board_id AND n.id = @neighbour AND n.archived_at IS NULL;

-- name: ColumnGapAt :one
-- What stands at a rank or left of it, and right of it.
SELECT coalesce(max(rank) FILTER (WHERE rank <= @rank), '')::text AS low, coalesce(min(rank) FILTER (WHERE rank > @rank), '')::text AS high
FROM columns
WHERE board_id = @board_id AND id <> @moving AND archived_at IS NULL;

-- name: ColumnRanks :many
-- All columns, seen or not: one that comes back later finds its place between the same neighbours.
SELECT id, rank FROM columns WHERE board_id = @board_id ORDER BY rank, (archived_at IS NULL) DESC, id;

-- name: ColumnRankAll :exec
UPDATE columns c SET rank = fresh.rank
FROM (SELECT unnest(@ids::uuid[]) AS id, unnest(@ranks::text[]) AS rank) fresh
WHERE c.board_id = @board_id AND c.id = fresh.id;

-- name: ColumnCollapse :execrows
INSERT INTO collapsed_columns (board_id, person_id, column_id)
VALUES (@board_id, @person_id, @column_id)
ON CONFLICT DO NOTHING;

-- name: ColumnExpand :execrows
DELETE FROM collapsed_columns WHERE board_id = @board_id AND person_id = @person_id AND column_id = @column_id;
