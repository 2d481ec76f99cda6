-- name: ActivityCreate :exec
INSERT INTO activity (board_id, seq, at, actor_id, session, verb, card_id, column_id, origin, was, became, undid, redo, change_id)
VALUES (@board_id, @seq, coalesce(sqlc.narg('at')::timestamptz, clock_timestamp()), @actor_id, @session, @verb, @card_id, @column_id, @origin,
        @was, @became, @undid, @redo, @change_id);

-- name: ActivityCreateBatch :exec
INSERT INTO activity (board_id, seq, at, actor_id, session, verb, card_id, column_id, origin, was, became, batch, undid, redo, change_id)
SELECT @board_id, unnest(@seqs::bigint[]), coalesce(sqlc.narg('at')::timestamptz, clock_timestamp()), @actor_id, @session, @verb,
       unnest(@card_ids::uuid[]), unnest(@column_ids::uuid[]), @origin,
       unnest(@was::jsonb[]), unnest(@became::jsonb[]), @batch, unnest(@undid::bigint[]), @redo, @change_id;

-- name: ActivityListAfter :many
SELECT a.seq, a.at, a.actor_id, p.name AS actor_name, (p.left_at IS NOT NULL)::boolean AS actor_left, a.verb, a.card_id, a.column_id, a.origin, a.batch, a.was, a.became,
       a.undid, a.redo
FROM members m
JOIN activity a ON a.board_id = m.board_id
JOIN people p ON p.id = a.actor_id
WHERE m.board_id = @board_id AND m.person_id = @person_id AND a.seq > @after
ORDER BY a.seq
LIMIT @max_rows::int;

-- name: ActivityColumnAtFirst :one
-- A card's moves are told by its activity alone; this is for the rare create that is sent again.
SELECT a.column_id FROM activity a
WHERE a.board_id = @board_id AND a.card_id = @card_id AND a.verb = 'card_created';
