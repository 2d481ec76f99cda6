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
SELECT b.id, b.title, m.role,
    (SELECT count(*) FROM members o WHERE o.board_id = b.id AND o.person_id <> m.person_id)::int AS others,
    (SELECT count(*) FROM members o WHERE o.board_id = b.id AND o.person_id <> m.person_id AND o.role = 'owner')::int AS other_owners
FROM members m
JOIN boards b ON b.id = m.board_id
WHERE m.person_id = @person_id
ORDER BY b.created_at, b.id;

-- name: MembershipDeleteAll :exec
DELETE FROM members WHERE person_id = @person_id;
