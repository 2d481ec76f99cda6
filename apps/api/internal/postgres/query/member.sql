-- name: MemberCreate :exec
INSERT INTO members (board_id, person_id, role) VALUES (@board_id, @person_id, @role);
