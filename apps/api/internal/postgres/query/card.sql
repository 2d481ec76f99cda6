-- name: CardListByBoard :many
-- The first cards of every column, in one walk down each column's part of the order.
SELECT top.id, top.number, top.column_id, top.title, top.version, top.has_description, top.due_on, top.rank,
       ARRAY(SELECT a.person_id FROM card_assignees a WHERE a.board_id = @board_id AND a.card_id = top.id ORDER BY a.person_id)::uuid[] AS assignee_ids
FROM columns c
CROSS JOIN LATERAL (
    SELECT k.id, k.number, k.column_id, k.title, k.version, k.rank, (k.description <> '')::bool AS has_description, k.due_on
    FROM cards k
    WHERE k.board_id = c.board_id AND k.column_id = c.id AND k.archived_at IS NULL AND k.deleted_at IS NULL
    ORDER BY k.rank
    LIMIT @per_column::int
) top
WHERE c.board_id = @board_id AND c.archived_at IS NULL
ORDER BY c.rank, top.rank;

-- name: CardListByColumn :many
-- Where the card that ended the page before has gone out of sight, another may stand at its rank.
SELECT k.id, k.number, k.column_id, k.title, k.version, (k.description <> '')::bool AS has_description, k.due_on, k.rank,
       ARRAY(SELECT a.person_id FROM card_assignees a WHERE a.board_id = @board_id AND a.card_id = k.id ORDER BY a.person_id)::uuid[] AS assignee_ids
FROM cards k
WHERE k.board_id = @board_id AND k.column_id = @column_id AND k.archived_at IS NULL AND k.deleted_at IS NULL
  AND k.rank >= @after_rank AND k.id <> @after
ORDER BY k.rank
LIMIT @max_rows::int;

-- name: CardRankInColumn :one
-- Where a page ended, found by the card's id as in CardGapBefore. A card that was archived since still marks its place.
SELECT rank FROM cards WHERE board_id = @board_id AND column_id IS NOT DISTINCT FROM @column_id::uuid AND id = @id;

-- name: CardGet :one
SELECT sqlc.embed(cards), (columns.archived_at IS NOT NULL)::bool AS column_archived, (columns.deleted_at IS NOT NULL)::bool AS column_deleted, ARRAY(
    SELECT on_card.label_id FROM card_labels on_card
    JOIN labels l ON l.board_id = on_card.board_id AND l.id = on_card.label_id
    WHERE on_card.board_id = cards.board_id AND on_card.card_id = cards.id
    ORDER BY l.name_key)::uuid[] AS label_ids, ARRAY(
    SELECT a.person_id FROM card_assignees a WHERE a.board_id = cards.board_id AND a.card_id = cards.id ORDER BY a.person_id)::uuid[] AS assignee_ids
FROM cards
JOIN columns ON columns.board_id = cards.board_id AND columns.id = cards.column_id
WHERE cards.board_id = @board_id AND cards.id = @id;

-- name: CardGetByNumber :one
SELECT sqlc.embed(cards), (columns.archived_at IS NOT NULL)::bool AS column_archived, (columns.deleted_at IS NOT NULL)::bool AS column_deleted, ARRAY(
    SELECT on_card.label_id FROM card_labels on_card
    JOIN labels l ON l.board_id = on_card.board_id AND l.id = on_card.label_id
    WHERE on_card.board_id = cards.board_id AND on_card.card_id = cards.id
    ORDER BY l.name_key)::uuid[] AS label_ids, ARRAY(
    SELECT a.person_id FROM card_assignees a WHERE a.board_id = cards.board_id AND a.card_id = cards.id ORDER BY a.person_id)::uuid[] AS assignee_ids
FROM cards
JOIN columns ON columns.board_id = cards.board_id AND columns.id = cards.column_id
WHERE cards.board_id = @board_id AND cards.number = @number;

-- name: CardCreate :exec
INSERT INTO cards (board_id, id, number, column_id, rank, title, description, due_on, created_by)
VALUES (@board_id, @id, @number, @column_id, @rank, @title, @description, @due_on, @created_by);

-- name: CardCreateMany :exec
INSERT INTO cards (board_id, id, number, column_id, rank, title, created_by)
SELECT @board_id, k.id, k.number, @column_id, k.rank, k.title, @created_by
FROM (
    SELECT unnest(@ids::uuid[]) AS id, unnest(@numbers::int[]) AS number, unnest(@ranks::text[]) AS rank, unnest(@titles::text[]) AS title
) k;

-- name: CardUpdate :one
UPDATE cards SET title = @title, description = @description, due_on = @due_on, version = version + 1, updated_at = now()
WHERE board_id = @board_id AND id = @id
RETURNING *;

-- name: CardMove :exec
UPDATE cards SET column_id = @column_id, rank = @rank WHERE board_id = @board_id AND id = @id;

-- name: CardArchive :one
UPDATE cards SET archived_at = now(), archived_by = @actor_id
WHERE board_id = @board_id AND id = @id
RETURNING *;

-- name: CardDelete :exec
UPDATE cards SET deleted_at = now(), deleted_by = @actor_id
WHERE board_id = @board_id AND id = @id;

-- name: CardDeleteMany :exec
UPDATE cards SET deleted_at = now(), deleted_by = @actor_id
WHERE board_id = @board_id AND id = ANY (@ids::uuid[]);

-- name: CardRestore :one
UPDATE cards SET archived_at = NULL, archived_by = NULL, deleted_at = NULL, deleted_by = NULL, rank = @rank
WHERE board_id = @board_id AND id = @id
RETURNING *;

-- name: CardRankTaken :one
SELECT EXISTS (
    SELECT FROM cards
    WHERE board_id = @board_id AND column_id = @column_id AND rank = @rank AND archived_at IS NULL AND deleted_at IS NULL
);

-- name: CardGapAtStart :one
SELECT coalesce((SELECT min(k.rank) FROM cards k
                 WHERE k.board_id = c.board_id AND k.column_id = c.id AND k.id <> ALL (@moving::uuid[])
                   AND k.archived_at IS NULL AND k.deleted_at IS NULL), '')::text AS high
FROM columns c
WHERE c.board_id = @board_id AND c.id = @column_id AND c.archived_at IS NULL;

-- name: CardGapAtEnd :one
SELECT coalesce((SELECT max(k.rank) FROM cards k
                 WHERE k.board_id = c.board_id AND k.column_id = c.id AND k.id <> ALL (@moving::uuid[])
                   AND k.archived_at IS NULL AND k.deleted_at IS NULL), '')::text AS low
FROM columns c
WHERE c.board_id = @board_id AND c.id = @column_id AND c.archived_at IS NULL;

-- name: CardGapBefore :one
-- The neighbour is found by its id: with = the column would be a way in as well, and where columns are short as a rule a plan
-- that serves them all goes down the whole of a long one.
SELECT coalesce((SELECT max(o.rank) FROM cards o
                 WHERE o.board_id = n.board_id AND o.column_id = n.column_id AND o.rank < n.rank AND o.id <> ALL (@moving::uuid[])
                   AND o.archived_at IS NULL AND o.deleted_at IS NULL), '')::text AS low,
       n.rank AS high
FROM cards n
JOIN columns c ON c.board_id = n.board_id AND c.id = n.column_id AND c.archived_at IS NULL
WHERE n.board_id = @board_id AND n.column_id IS NOT DISTINCT FROM @column_id::uuid AND n.id = @neighbour
  AND n.archived_at IS NULL AND n.deleted_at IS NULL;

-- name: CardGapAfter :one
-- The neighbour is found by its id, as in CardGapBefore.
SELECT n.rank AS low,
       coalesce((SELECT min(o.rank) FROM cards o
                 WHERE o.board_id = n.board_id AND o.column_id = n.column_id AND o.rank > n.rank AND o.id <> ALL (@moving::uuid[])
                   AND o.archived_at IS NULL AND o.deleted_at IS NULL), '')::text AS high
FROM cards n
JOIN columns c ON c.board_id = n.board_id AND c.id = n.column_id AND c.archived_at IS NULL
WHERE n.board_id = @board_id AND n.column_id IS NOT DISTINCT FROM @column_id::uuid AND n.id = @neighbour
  AND n.archived_at IS NULL AND n.deleted_at IS NULL;

-- name: CardRanks :many
-- All cards, seen or not: one that comes back later finds its place between the same neighbours.
SELECT id, rank FROM cards
WHERE board_id = @board_id AND column_id = @column_id
ORDER BY rank, (archived_at IS NULL AND deleted_at IS NULL) DESC, number;

-- name: CardRankAll :exec
UPDATE cards k SET rank = fresh.rank
FROM (SELECT unnest(@ids::uuid[]) AS id, unnest(@ranks::text[]) AS rank) fresh
WHERE k.board_id = @board_id AND k.id = fresh.id;

-- name: CardListBatch :many
SELECT k.id, k.number, k.column_id, k.title, k.version, (k.description <> '')::bool AS has_description, k.due_on, k.rank,
       (k.archived_at IS NOT NULL)::bool AS archived, (k.deleted_at IS NOT NULL)::bool AS deleted,
       (c.archived_at IS NOT NULL)::bool AS column_archived, (c.deleted_at IS NOT NULL)::bool AS column_deleted,
       ARRAY(SELECT a.person_id FROM card_assignees a WHERE a.board_id = @board_id AND a.card_id = k.id ORDER BY a.person_id)::uuid[] AS assignee_ids
FROM cards k
JOIN columns c ON c.board_id = k.board_id AND c.id = k.column_id
WHERE k.board_id = @board_id AND k.id = ANY (@ids::uuid[])
ORDER BY c.rank, k.rank, k.number;

-- name: CardPlaceMany :exec
UPDATE cards k SET column_id = @column_id, rank = fresh.rank
FROM (SELECT unnest(@ids::uuid[]) AS id, unnest(@ranks::text[]) AS rank) fresh
WHERE k.board_id = @board_id AND k.id = fresh.id;

-- name: CardArchiveMany :exec
UPDATE cards SET archived_at = now(), archived_by = @actor_id
WHERE board_id = @board_id AND id = ANY (@ids::uuid[]);

-- name: CardListPlaces :many
SELECT id, column_id, rank FROM cards
WHERE board_id = @board_id AND column_id = @column_id AND archived_at IS NULL AND deleted_at IS NULL
ORDER BY rank
LIMIT @max_rows::int;
