-- name: MemberCreate :execrows
INSERT INTO members (board_id, person_id, role)
SELECT @board_id, p.id, @role FROM people p
WHERE p.id = @person_id AND p.left_at IS NULL
FOR SHARE;

-- name: MembershipLock :exec
-- As a change does, so that none is under way on a board that goes; in one order, so that two who leave can't wait for
-- each other.
SELECT FROM board_seq s
WHERE s.board_id IN (SELECT m.board_id FROM members m WHERE m.person_id = @person_id)
ORDER BY s.board_id
FOR UPDATE;

-- name: MembershipList :many
SELECT b.id, b.title, m.role, (s.deleted_at IS NOT NULL)::bool AS deleted,
    (SELECT count(*) FROM members o WHERE o.board_id = b.id AND o.person_id <> m.person_id)::int AS others,
    (SELECT count(*) FROM members o WHERE o.board_id = b.id AND o.person_id <> m.person_id AND o.role = 'owner')::int AS other_owners
FROM members m
JOIN boards b ON b.id = m.board_id
JOIN board_seq s ON s.board_id = b.id
WHERE m.person_id = @person_id
ORDER BY b.created_at, b.id;

-- name: MembershipDeleteAll :exec
DELETE FROM members WHERE person_id = @person_id;

-- name: MemberStar :execrows
UPDATE members SET starred_at = CASE WHEN @starred::bool THEN now() END, view_version = view_version + 1
WHERE members.board_id = @board_id AND person_id = @person_id AND (starred_at IS NOT NULL) <> @starred::bool
  AND EXISTS (SELECT FROM board_seq s WHERE s.board_id = members.board_id AND s.deleted_at IS NULL);

-- name: MemberMarkOpened :exec
UPDATE members SET opened_at = now()
WHERE board_id = @board_id AND person_id = @person_id AND (opened_at IS NULL OR opened_at < now() - interval '5 minutes');

-- name: MemberViewChanged :exec
UPDATE members SET view_version = view_version + 1 WHERE board_id = @board_id AND person_id = @person_id;

-- name: MemberLock :one
-- Lets what one person changes of their view of a board come one after another.
SELECT role FROM members
WHERE members.board_id = @board_id AND person_id = @person_id
  AND EXISTS (SELECT FROM board_seq s WHERE s.board_id = members.board_id AND s.deleted_at IS NULL)
FOR NO KEY UPDATE;
