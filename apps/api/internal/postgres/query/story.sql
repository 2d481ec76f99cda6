-- name: StoryList :many
-- What happened on a board before a seq, newest first, what was done to several at once by the last of it alone. Those
-- follow one another: how many there are is told by where what was before them ends.
SELECT a.seq, a.at, a.actor_id, p.name AS actor_name, (p.left_at IS NOT NULL)::boolean AS actor_left, a.verb, a.card_id, a.column_id, a.origin, a.batch,
       (CASE WHEN a.was ? 'description' THEN jsonb_set(a.was, '{description}', '""') ELSE a.was - 'card_ids' END)::jsonb AS was,
       (CASE WHEN a.became ? 'description' THEN jsonb_set(a.became, '{description}', '""') ELSE a.became END)::jsonb AS became,
       a.undid, a.redo, a.person_id, coalesce(o.name, '')::text AS person_name, (o.left_at IS NOT NULL)::boolean AS person_left,
       (CASE WHEN a.batch IS NULL THEN 1 ELSE a.seq - coalesce((
           SELECT b.seq FROM activity b
           WHERE b.board_id = a.board_id AND b.seq < a.seq AND (b.batch, b.verb) IS DISTINCT FROM (a.batch, a.verb)
           ORDER BY b.seq DESC LIMIT 1), 0) END)::int AS cards
FROM activity a
JOIN people p ON p.id = a.actor_id
LEFT JOIN people o ON o.id = a.person_id
WHERE a.board_id = @board_id AND a.seq < @before
  AND (a.batch IS NULL OR NOT EXISTS (SELECT FROM activity n WHERE n.board_id = a.board_id AND n.seq = a.seq + 1 AND n.batch = a.batch AND n.verb = a.verb))
ORDER BY a.seq DESC
LIMIT @max_rows::int;

-- name: StoryListOfCard :many
-- What was done to a card before a seq, newest first.
SELECT a.seq, a.at, a.actor_id, p.name AS actor_name, (p.left_at IS NOT NULL)::boolean AS actor_left, a.verb, a.card_id, a.column_id, a.origin, a.batch,
       (CASE WHEN a.was ? 'description' THEN jsonb_set(a.was, '{description}', '""') ELSE a.was END)::jsonb AS was,
       (CASE WHEN a.became ? 'description' THEN jsonb_set(a.became, '{description}', '""') ELSE a.became END)::jsonb AS became,
       a.undid, a.redo, a.person_id, coalesce(o.name, '')::text AS person_name, (o.left_at IS NOT NULL)::boolean AS person_left,
       1::int AS cards
FROM activity a
JOIN people p ON p.id = a.actor_id
LEFT JOIN people o ON o.id = a.person_id
WHERE a.board_id = @board_id AND a.card_id = @card_id AND a.seq < @before
ORDER BY a.seq DESC
LIMIT @max_rows::int;

-- name: StoryCards :many
SELECT k.id, k.number, k.title, (k.deleted_at IS NOT NULL OR c.deleted_at IS NOT NULL)::boolean AS deleted
FROM cards k
JOIN columns c ON c.board_id = k.board_id AND c.id = k.column_id
WHERE k.board_id = @board_id AND k.id = ANY(@ids::uuid[]);

-- name: StoryColumns :many
SELECT id, title, (archived_at IS NULL)::boolean AS live FROM columns WHERE board_id = @board_id AND id = ANY(@ids::uuid[]);
