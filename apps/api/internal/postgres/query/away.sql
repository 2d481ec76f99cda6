-- What is in the archive or in the trash, newest first: (at, id) is the place of a page's last thing. Every one of the
-- patterns must be found in a thing's text.

-- name: CardListAway :many
-- The archived cards of a column in the trash are there with it, as those that were on the wall.
SELECT k.id, k.number, k.title, k.column_id, c.title AS column_title,
       (c.archived_at IS NOT NULL)::bool AS column_archived, (c.deleted_at IS NOT NULL)::bool AS column_deleted,
       k.at::timestamptz AS at, p.id AS by_id, p.name AS by_name, (p.left_at IS NOT NULL)::bool AS by_left
FROM (
    SELECT cards.id, cards.number, cards.title, cards.column_id,
           coalesce(cards.deleted_at, cards.archived_at) AS at, coalesce(cards.deleted_by, cards.archived_by) AS by
    FROM cards
    WHERE cards.board_id = @board_id AND (cards.archived_at IS NOT NULL OR cards.deleted_at IS NOT NULL)
      AND (cards.deleted_at IS NOT NULL) = @deleted::bool
      AND (@deleted::bool OR cards.column_id NOT IN (SELECT d.id FROM columns d WHERE d.board_id = @board_id AND d.deleted_at IS NOT NULL))
      AND (coalesce(cards.deleted_at, cards.archived_at), cards.id) < (@before_at::timestamptz, @before_id::uuid)
      AND ('#' || cards.number || ' ' || cards.title) ~ ALL (@patterns::text[])
    ORDER BY coalesce(cards.deleted_at, cards.archived_at) DESC, cards.id DESC
    LIMIT @max_rows::int
) k
JOIN columns c ON c.board_id = @board_id AND c.id = k.column_id
JOIN people p ON p.id = k.by
ORDER BY k.at DESC, k.id DESC;

-- name: ColumnListAway :many
SELECT sqlc.embed(columns),
       (SELECT count(*) FROM cards
        WHERE cards.board_id = columns.board_id AND cards.column_id = columns.id
          AND cards.archived_at IS NULL AND cards.deleted_at IS NULL)::int AS card_count,
       coalesce(columns.deleted_at, columns.archived_at)::timestamptz AS at, p.id AS by_id, p.name AS by_name, (p.left_at IS NOT NULL)::bool AS by_left
FROM columns
JOIN people p ON p.id = coalesce(columns.deleted_by, columns.archived_by)
WHERE columns.board_id = @board_id AND columns.archived_at IS NOT NULL AND (columns.deleted_at IS NOT NULL) = @deleted::bool
  AND (coalesce(columns.deleted_at, columns.archived_at), columns.id) < (@before_at::timestamptz, @before_id::uuid)
  AND columns.title ~ ALL (@patterns::text[])
ORDER BY coalesce(columns.deleted_at, columns.archived_at) DESC, columns.id DESC
LIMIT @max_rows::int;

-- name: BoardListAway :many
SELECT b.id, b.title, b.version, b.template, m.role, s.seq, b.created_at, b.created_by, s.changed_at, s.archived_at,
       (m.starred_at IS NOT NULL)::bool AS starred, m.opened_at, m.view_version,
       coalesce(s.deleted_at, s.archived_at)::timestamptz AS at, p.id AS by_id, p.name AS by_name, (p.left_at IS NOT NULL)::bool AS by_left,
       crew.ids AS member_ids, crew.names AS member_names, (SELECT count(*) FROM members o WHERE o.board_id = m.board_id)::int AS member_count
FROM members m
JOIN boards b ON b.id = m.board_id
JOIN board_seq s ON s.board_id = b.id
JOIN people p ON p.id = coalesce(s.deleted_by, s.archived_by)
CROSS JOIN LATERAL (
    SELECT array_agg(f.person_id ORDER BY f.joined_at, f.person_id)::uuid[] AS ids,
           array_agg(o.name ORDER BY f.joined_at, f.person_id)::text[] AS names
    FROM (SELECT o.person_id, o.joined_at FROM members o WHERE o.board_id = m.board_id ORDER BY o.joined_at, o.person_id LIMIT 3) f
    JOIN people o ON o.id = f.person_id
) crew
WHERE m.person_id = @person_id AND (s.deleted_at IS NOT NULL) = @deleted::bool
  AND (coalesce(s.deleted_at, s.archived_at), b.id) < (@before_at::timestamptz, @before_id::uuid)
  AND b.title ~ ALL (@patterns::text[])
ORDER BY coalesce(s.deleted_at, s.archived_at) DESC, b.id DESC
LIMIT @max_rows::int;
