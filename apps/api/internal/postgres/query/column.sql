-- name: ColumnSizeListByBoards :many
SELECT c.board_id, c.title,
       (SELECT count(*) FROM cards
        WHERE cards.board_id = c.board_id AND cards.column_id = c.id
          AND cards.archived_at IS NULL AND cards.deleted_at IS NULL)::int AS card_count
FROM columns c
WHERE c.board_id = ANY (@board_ids::uuid[])
ORDER BY c.board_id, c.rank;

-- name: ColumnListByBoard :many
SELECT c.board_id, c.id, c.title, c.wip_limit, c.rank, c.version, c.created_by,
       (SELECT count(*) FROM cards
        WHERE cards.board_id = c.board_id AND cards.column_id = c.id
          AND cards.archived_at IS NULL AND cards.deleted_at IS NULL)::int AS card_count
FROM columns c
WHERE c.board_id = @board_id
ORDER BY c.rank;

-- name: ColumnGet :one
SELECT c.board_id, c.id, c.title, c.wip_limit, c.rank, c.version, c.created_by,
       (SELECT count(*) FROM cards
        WHERE cards.board_id = c.board_id AND cards.column_id = c.id
          AND cards.archived_at IS NULL AND cards.deleted_at IS NULL)::int AS card_count
FROM columns c
WHERE c.board_id = @board_id AND c.id = @id;

-- name: ColumnCreate :exec
INSERT INTO columns (board_id, id, title, wip_limit, rank, created_by)
VALUES (@board_id, @id, @title, @wip_limit, @rank, @created_by);

-- name: ColumnUpdate :exec
UPDATE columns SET title = @title, wip_limit = @wip_limit, version = version + 1, updated_at = now()
WHERE board_id = @board_id AND id = @id;

-- name: ColumnMove :exec
UPDATE columns SET rank = @rank WHERE board_id = @board_id AND id = @id;

-- name: ColumnGapAtEnd :one
SELECT coalesce(max(rank), '')::text AS low FROM columns WHERE board_id = @board_id;

-- name: ColumnGapBefore :one
SELECT coalesce((SELECT max(o.rank) FROM columns o
                 WHERE o.board_id = n.board_id AND o.rank < n.rank AND o.id <> @moving), '')::text AS low,
       n.rank AS high
FROM columns n
WHERE n.board_id = @board_id AND n.id = @neighbour;

-- name: ColumnGapAfter :one
SELECT n.rank AS low,
       coalesce((SELECT min(o.rank) FROM columns o
                 WHERE o.board_id = n.board_id AND o.rank > n.rank AND o.id <> @moving), '')::text AS high
FROM columns n
WHERE n.board_id = @board_id AND n.id = @neighbour;

-- name: ColumnRanks :many
SELECT id, rank FROM columns WHERE board_id = @board_id ORDER BY rank;

-- name: ColumnRankAll :exec
UPDATE columns c SET rank = fresh.rank
FROM (SELECT unnest(@ids::uuid[]) AS id, unnest(@ranks::text[]) AS rank) fresh
WHERE c.board_id = @board_id AND c.id = fresh.id;
