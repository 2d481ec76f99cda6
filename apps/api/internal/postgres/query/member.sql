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

-- name: MemberListByBoard :many
SELECT m.person_id, p.name, p.email, m.role, m.joined_at
FROM members m
JOIN people p ON p.id = m.person_id
WHERE m.board_id = @board_id
ORDER BY m.joined_at, m.person_id;

-- name: MemberGet :one
SELECT m.person_id, p.name, p.email, m.role, m.joined_at
FROM members m
JOIN people p ON p.id = m.person_id
WHERE m.board_id = @board_id AND m.person_id = @person_id;

-- name: MemberOwners :one
SELECT count(*)::int FROM members WHERE board_id = @board_id AND role = 'owner';

-- name: MemberSetRole :exec
UPDATE members SET role = @role WHERE board_id = @board_id AND person_id = @person_id;

-- name: MemberAdd :one
-- Whoever has left for good doesn't come back.
WITH who AS (
    SELECT p.id, p.left_at FROM people p WHERE p.id = @person_id FOR SHARE
), added AS (
    INSERT INTO members (board_id, person_id, role, joined_at)
    SELECT @board_id, w.id, @role, coalesce(sqlc.narg('joined_at')::timestamptz, now()) FROM who w WHERE w.left_at IS NULL
)
SELECT (w.left_at IS NULL)::bool AS added FROM who w;

-- name: MemberDelete :exec
DELETE FROM members WHERE board_id = @board_id AND person_id = @person_id;

-- name: MembershipLeaveAll :many
-- Tells on the boards that stay that somebody has left them, and who was to do which cards there. Nobody undoes it.
WITH next AS (
    UPDATE board_seq s SET seq = s.seq + 1, changed_at = clock_timestamp()
    FROM members m
    WHERE m.board_id = s.board_id AND m.person_id = @person_id AND NOT s.board_id = ANY (@gone::uuid[])
    RETURNING s.board_id, s.seq, s.changed_at, m.role
), told AS (
    INSERT INTO activity (board_id, seq, at, actor_id, verb, person_id, was)
    SELECT n.board_id, n.seq, n.changed_at, @person_id, @verb, @person_id,
           jsonb_build_object('role', n.role, 'card_ids', (SELECT coalesce(jsonb_agg(a.card_id ORDER BY a.card_id), '[]') FROM card_assignees a
                                                           WHERE a.board_id = n.board_id AND a.person_id = @person_id))
    FROM next n
)
SELECT board_id, seq FROM next;
