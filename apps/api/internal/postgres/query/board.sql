-- name: BoardListByPerson :many
SELECT b.id, b.title, b.version, b.template, m.role, s.seq, b.created_at, b.created_by, s.changed_at, s.archived_at,
       (m.starred_at IS NOT NULL)::bool AS starred, m.opened_at, m.view_version,
       (m.opened_at IS NULL OR m.opened_at < now() - interval '5 minutes')::bool AS unmarked,
       crew.ids AS member_ids, crew.names AS member_names, (SELECT count(*) FROM members o WHERE o.board_id = m.board_id)::int AS member_count
FROM members m
JOIN boards b ON b.id = m.board_id
JOIN board_seq s ON s.board_id = b.id
CROSS JOIN LATERAL (
    SELECT array_agg(f.person_id ORDER BY f.joined_at, f.person_id)::uuid[] AS ids,
           array_agg(p.name ORDER BY f.joined_at, f.person_id)::text[] AS names
    FROM (SELECT o.person_id, o.joined_at FROM members o WHERE o.board_id = m.board_id ORDER BY o.joined_at, o.person_id LIMIT 3) f
    JOIN people p ON p.id = f.person_id
) crew
WHERE m.person_id = @person_id
  AND s.archived_at IS NULL AND s.deleted_at IS NULL
  AND (@after::uuid = '00000000-0000-0000-0000-000000000000'
       OR (b.created_at, b.id) < (SELECT last.created_at, last.id FROM boards last WHERE last.id = @after::uuid))
ORDER BY b.created_at DESC, b.id DESC
LIMIT @max_rows::int;

-- name: BoardGet :one
SELECT b.id, b.title, b.version, b.template, m.role, s.seq, b.created_at, b.created_by, s.changed_at, s.archived_at,
       (m.starred_at IS NOT NULL)::bool AS starred, m.opened_at, m.view_version,
       (m.opened_at IS NULL OR m.opened_at < now() - interval '5 minutes')::bool AS unmarked,
       crew.ids AS member_ids, crew.names AS member_names, (SELECT count(*) FROM members o WHERE o.board_id = m.board_id)::int AS member_count
FROM members m
JOIN boards b ON b.id = m.board_id
JOIN board_seq s ON s.board_id = b.id
CROSS JOIN LATERAL (
    SELECT array_agg(f.person_id ORDER BY f.joined_at, f.person_id)::uuid[] AS ids,
           array_agg(p.name ORDER BY f.joined_at, f.person_id)::text[] AS names
    FROM (SELECT o.person_id, o.joined_at FROM members o WHERE o.board_id = m.board_id ORDER BY o.joined_at, o.person_id LIMIT 3) f
    JOIN people p ON p.id = f.person_id
) crew
WHERE m.board_id = @board_id AND m.person_id = @person_id AND s.deleted_at IS NULL;

-- name: BoardRead :one
-- What BoardGet tells, who is on the board (the members' ids and names, in the order in which they came), and the columns that the
-- reader folded up.
SELECT b.id, b.title, b.version, b.template, m.role, s.seq, b.created_at, b.created_by, s.changed_at, s.archived_at,
       (m.starred_at IS NOT NULL)::bool AS starred, m.opened_at, m.view_version,
       (m.opened_at IS NULL OR m.opened_at < now() - interval '5 minutes')::bool AS unmarked,
       (SELECT max(p.updated_at) FROM members o JOIN people p ON p.id = o.person_id WHERE o.board_id = m.board_id)::timestamptz AS named_at,
       ARRAY(SELECT o.person_id FROM members o WHERE o.board_id = m.board_id ORDER BY o.joined_at, o.person_id)::uuid[] AS member_ids,
       ARRAY(SELECT p.name FROM members o JOIN people p ON p.id = o.person_id WHERE o.board_id = m.board_id ORDER BY o.joined_at, o.person_id)::text[] AS member_names,
       ARRAY(SELECT l.column_id FROM collapsed_columns l WHERE l.board_id = m.board_id AND l.person_id = m.person_id)::uuid[] AS collapsed
FROM members m
JOIN boards b ON b.id = m.board_id
JOIN board_seq s ON s.board_id = b.id
WHERE m.board_id = @board_id AND m.person_id = @person_id AND s.deleted_at IS NULL;

-- name: BoardState :one
-- All that a read of the board depends on, for a reader who may read it.
SELECT s.seq, s.changed_at, m.role, m.view_version,
       (SELECT max(p.updated_at) FROM members o JOIN people p ON p.id = o.person_id WHERE o.board_id = m.board_id)::timestamptz AS named_at, (m.starred_at IS NOT NULL)::bool AS starred,
       ARRAY(SELECT l.column_id FROM collapsed_columns l
             JOIN columns c ON c.board_id = l.board_id AND c.id = l.column_id AND c.archived_at IS NULL
             WHERE l.board_id = m.board_id AND l.person_id = m.person_id
             ORDER BY c.rank, c.id)::uuid[] AS collapsed,
       (m.opened_at IS NULL OR m.opened_at < now() - interval '5 minutes')::bool AS unmarked
FROM members m
JOIN board_seq s ON s.board_id = m.board_id
WHERE m.board_id = @board_id AND m.person_id = @person_id AND s.deleted_at IS NULL;

-- name: BoardCreate :execrows
INSERT INTO boards (id, title, template, created_by)
VALUES (@id, @title, @template, @created_by)
ON CONFLICT (id) DO NOTHING;

-- name: BoardSeqCreate :one
INSERT INTO board_seq (board_id, seq) VALUES (@board_id, @seq) RETURNING now()::timestamptz AS now;

-- name: BoardLock :one
-- The first statement of every change: takes the board's lock, the change's seq and the numbers of the cards that it is going to
-- make, if the person is on it. The role is the one that they have once they hold the lock: '' for who was taken off the board
-- while they waited for it.
UPDATE board_seq s
SET seq = s.seq + 1, last_number = s.last_number + @cards::int, changed_at = clock_timestamp()
FROM members m
WHERE s.board_id = @board_id AND m.board_id = s.board_id AND m.person_id = @person_id
RETURNING s.seq, s.last_number, coalesce(member_role(s.board_id, m.person_id), '')::text AS role,
          (s.archived_at IS NOT NULL)::bool AS archived, (s.deleted_at IS NOT NULL)::bool AS deleted, now()::timestamptz AS now;

-- name: BoardSeqSet :exec
-- For a change of several things: the lock took the seq of the first, and numbers for as many cards as it was told of.
UPDATE board_seq SET seq = @seq, last_number = @last_number WHERE board_id = @board_id;

-- name: BoardRename :exec
UPDATE boards SET title = @title, version = version + 1, updated_at = now()
WHERE id = @board_id;

-- name: BoardArchive :exec
UPDATE board_seq SET archived_at = now(), archived_by = @actor_id WHERE board_id = @board_id;

-- name: BoardRestore :exec
UPDATE board_seq SET archived_at = NULL, archived_by = NULL, deleted_at = NULL, deleted_by = NULL WHERE board_id = @board_id;

-- name: BoardTrash :exec
UPDATE board_seq SET deleted_at = now(), deleted_by = @actor_id WHERE board_id = @board_id;

-- name: BoardUntrash :exec
UPDATE board_seq SET deleted_at = NULL, deleted_by = NULL WHERE board_id = @board_id;

-- name: BoardDelete :exec
DELETE FROM boards WHERE id = ANY(@board_ids::uuid[]);
