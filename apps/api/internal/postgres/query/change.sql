-- name: ChangeMade :one
-- Whether a change that its client named has been made: then it came twice. seq is its last activity's, 0 where none tells of it.
SELECT coalesce(max(a.seq), 0)::bigint AS seq,
       (count(*) > 0 OR EXISTS (SELECT FROM silent_changes s WHERE s.board_id = @board_id AND s.change_id = @change_id AND s.person_id = @person_id))::bool AS made
FROM activity a WHERE a.board_id = @board_id AND a.change_id = @change_id AND a.actor_id = @person_id;

-- name: ChangeRemember :exec
-- The name of one that no activity tells of. Old ones of the same person go: nothing is sent again that late.
WITH old AS (
    DELETE FROM silent_changes s WHERE s.board_id = @board_id AND s.person_id = @person_id AND s.made_at < now() - @keeps::interval
)
INSERT INTO silent_changes (board_id, person_id, change_id)
SELECT m.board_id, m.person_id, @change_id::uuid FROM members m WHERE m.board_id = @board_id AND m.person_id = @person_id
FOR KEY SHARE
ON CONFLICT DO NOTHING;
