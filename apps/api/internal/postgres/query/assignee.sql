-- name: AssigneeCards :one
-- The cards that somebody is to do, in whatever state.
SELECT ARRAY(SELECT card_id FROM card_assignees WHERE board_id = @board_id AND person_id = @person_id ORDER BY card_id)::uuid[];

-- name: AssigneeCreate :exec
INSERT INTO card_assignees (board_id, card_id, person_id)
SELECT @board_id, unnest(@card_ids::uuid[]), @person_id
ON CONFLICT DO NOTHING;

-- name: AssigneeDelete :exec
DELETE FROM card_assignees WHERE board_id = @board_id AND card_id = ANY (@card_ids::uuid[]) AND person_id = @person_id;
