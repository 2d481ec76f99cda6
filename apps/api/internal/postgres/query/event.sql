-- name: EventListAfter :many
-- What everybody who looks on at a board is told; who they are has been looked at before. Of a description they get what the contract says, and
-- not which cards a label that was deleted had been on: what waits for slow readers is to be small.
SELECT a.seq, a.at, a.actor_id, p.name AS actor_name, (p.left_at IS NOT NULL)::boolean AS actor_left, a.verb, a.card_id, a.column_id, a.origin, a.batch,
       (CASE WHEN a.was ? 'description' THEN jsonb_set(a.was, '{description}', to_jsonb(left(a.was->>'description', 100))) ELSE a.was - 'card_ids' END)::jsonb AS was,
       (CASE WHEN a.became ? 'description' THEN jsonb_set(a.became, '{description}', to_jsonb(left(a.became->>'description', 100))) ELSE a.became END)::jsonb AS became,
       a.undid, a.redo, a.person_id, coalesce(o.name, '')::text AS person_name, (o.left_at IS NOT NULL)::boolean AS person_left
FROM activity a
JOIN people p ON p.id = a.actor_id
LEFT JOIN people o ON o.id = a.person_id
WHERE a.board_id = @board_id AND a.seq > @after
ORDER BY a.seq
LIMIT @max_rows::int;

-- name: EventSeqs :many
SELECT board_id, seq FROM board_seq WHERE board_id = ANY(@board_ids::uuid[]);

-- name: EventWatches :many
-- Of the watches, those that stand, and those of members whose board is in the trash.
SELECT m.board_id, m.person_id, s.seq, (s.deleted_at IS NOT NULL)::bool AS deleted
FROM (SELECT unnest(@board_ids::uuid[]) AS board_id, unnest(@person_ids::uuid[]) AS person_id) w
JOIN members m ON m.board_id = w.board_id AND m.person_id = w.person_id
JOIN board_seq s ON s.board_id = m.board_id;

-- name: EventNotify :exec
-- Each note is a board and its seq. Said outside of any change's transaction: committing one that notifies waits for all others that do. Nor
-- does it wait for the disk: a notice has nothing to keep.
SELECT set_config('synchronous_commit', 'off', true), pg_notify('kanban_board', note) FROM unnest(@notes::text[]) AS note;
