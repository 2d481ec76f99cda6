-- name: ActivityCreate :exec
INSERT INTO activity (board_id, seq, at, actor_id, session, verb, card_id, column_id, person_id, origin, was, became, undid, redo, change_id)
VALUES (@board_id, @seq, coalesce(sqlc.narg('at')::timestamptz, clock_timestamp()), @actor_id, @session, @verb, @card_id, @column_id, @person_id, @origin,
        @was, @became, @undid, @redo, @change_id);

-- name: ActivityCreateBatch :exec
-- What an activity isn't about is the zero id in its list.
INSERT INTO activity (board_id, seq, at, actor_id, session, verb, card_id, column_id, person_id, origin, was, became, batch, undid, redo, change_id)
SELECT @board_id, a.seq, coalesce(sqlc.narg('at')::timestamptz, clock_timestamp()), @actor_id, @session, @verb,
       nullif(a.card_id, '00000000-0000-0000-0000-000000000000'), nullif(a.column_id, '00000000-0000-0000-0000-000000000000'),
       nullif(a.person_id, '00000000-0000-0000-0000-000000000000'), @origin,
       a.was, a.became, @batch, a.undid, @redo, @change_id
FROM (
    SELECT unnest(@seqs::bigint[]) AS seq, unnest(@card_ids::uuid[]) AS card_id, unnest(@column_ids::uuid[]) AS column_id,
           unnest(@person_ids::uuid[]) AS person_id, unnest(@was::jsonb[]) AS was, unnest(@became::jsonb[]) AS became,
           unnest(@undid::bigint[]) AS undid
) a;

-- name: ActivityListAfter :many
SELECT a.seq, a.at, a.actor_id, p.name AS actor_name, (p.left_at IS NOT NULL)::boolean AS actor_left, a.verb, a.card_id, a.column_id, a.origin, a.batch, a.was, a.became,
       a.undid, a.redo, a.person_id, coalesce(o.name, '')::text AS person_name, (o.left_at IS NOT NULL)::boolean AS person_left
FROM members m
JOIN activity a ON a.board_id = m.board_id
JOIN people p ON p.id = a.actor_id
LEFT JOIN people o ON o.id = a.person_id
WHERE m.board_id = @board_id AND m.person_id = @person_id AND a.seq > @after
ORDER BY a.seq
LIMIT @max_rows::int;

-- name: ActivityMadeCard :one
-- A card's moves are told by its activity alone; this is for the rare create that is sent again. It is the card's first, so that
-- nothing is read of all that was done to it since.
SELECT a.seq, a.column_id FROM activity a
WHERE a.board_id = @board_id AND a.card_id = @card_id AND a.verb = 'card_created'
ORDER BY a.seq
LIMIT 1;

-- name: ActivityMade :one
-- For the same of a column or a label. A label that was deleted and came back was made by what brought it.
SELECT a.seq FROM activity a
WHERE a.board_id = @board_id AND a.verb IN ('column_created', 'label_created')
  AND coalesce(a.column_id, (a.became ->> 'label_id')::uuid) = @id::uuid
ORDER BY a.seq DESC
LIMIT 1;
