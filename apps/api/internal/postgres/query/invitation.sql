-- name: InvitationGet :one
-- One that waits.
SELECT i.board_id, b.title AS board_title, i.id, i.email, i.role, i.invited_by, p.name AS by_name, (p.left_at IS NOT NULL)::bool AS by_left,
       i.invited_at, i.expires_at, (i.expires_at <= now())::bool AS over, false AS joined
FROM invitations i
JOIN boards b ON b.id = i.board_id
JOIN people p ON p.id = i.invited_by
WHERE i.board_id = @board_id AND i.id = @id AND i.accepted_at IS NULL AND i.declined_at IS NULL AND i.withdrawn_at IS NULL;

-- name: InvitationListByBoard :many
SELECT i.board_id, b.title AS board_title, i.id, i.email, i.role, i.invited_by, p.name AS by_name, (p.left_at IS NOT NULL)::bool AS by_left,
       i.invited_at, i.expires_at, (i.expires_at <= now())::bool AS over, false AS joined
FROM members m
JOIN invitations i ON i.board_id = m.board_id
JOIN boards b ON b.id = i.board_id
JOIN people p ON p.id = i.invited_by
WHERE m.board_id = @board_id AND m.person_id = @person_id AND m.role = 'owner'
  AND i.accepted_at IS NULL AND i.declined_at IS NULL AND i.withdrawn_at IS NULL
ORDER BY i.invited_at DESC, i.id DESC;

-- name: InvitationListByEmail :many
SELECT i.board_id, b.title AS board_title, i.id, i.email, i.role, i.invited_by, p.name AS by_name, (p.left_at IS NOT NULL)::bool AS by_left,
       i.invited_at, i.expires_at, (i.expires_at <= now())::bool AS over, false AS joined
FROM invitations i
JOIN boards b ON b.id = i.board_id
JOIN board_seq s ON s.board_id = i.board_id AND s.deleted_at IS NULL
JOIN people p ON p.id = i.invited_by
WHERE i.email_key = @email_key AND i.accepted_at IS NULL AND i.declined_at IS NULL AND i.withdrawn_at IS NULL AND i.expires_at > now()
  AND NOT EXISTS (SELECT FROM members m WHERE m.board_id = i.board_id AND m.person_id = @person_id)
ORDER BY i.invited_at DESC, i.id DESC
LIMIT 100;

-- name: InvitationFor :one
-- One that can be used by whoever has its secret, or reads mail where it was sent to; and one that somebody came with, for them alone.
SELECT i.board_id, b.title AS board_title, i.id, i.email, i.role, i.invited_by, p.name AS by_name, (p.left_at IS NOT NULL)::bool AS by_left,
       i.invited_at, i.expires_at, false AS over, (i.accepted_at IS NOT NULL)::bool AS joined
FROM invitations i
JOIN boards b ON b.id = i.board_id
JOIN board_seq s ON s.board_id = i.board_id AND s.deleted_at IS NULL
JOIN people p ON p.id = i.invited_by
WHERE (i.id = (SELECT s.invitation_id FROM invitation_secrets s WHERE s.secret_hash = sqlc.narg('secret_hash')::bytea)
       OR (i.id = @id AND i.email_key = @email_key AND @email_key::text <> ''))
  AND i.declined_at IS NULL AND i.withdrawn_at IS NULL
  AND (i.accepted_at IS NULL AND i.expires_at > now()
       OR i.accepted_by = @person_id AND EXISTS (SELECT FROM members m WHERE m.board_id = i.board_id AND m.person_id = @person_id));

-- name: InvitationCounts :one
SELECT EXISTS (SELECT FROM invitations i WHERE i.board_id = @board_id AND i.email_key = @email_key
               AND i.accepted_at IS NULL AND i.declined_at IS NULL AND i.withdrawn_at IS NULL)::bool AS waits,
       (SELECT count(*) FROM invitations i WHERE i.board_id = @board_id
        AND i.accepted_at IS NULL AND i.declined_at IS NULL AND i.withdrawn_at IS NULL)::int AS on_board;

-- name: InvitationSent :many
-- Counts one more that somebody sends today; none when there are so many already.
INSERT INTO invitations_sent AS s (person_id, day, sent)
VALUES (@person_id, (now() AT TIME ZONE 'UTC')::date, 1)
ON CONFLICT (person_id) DO UPDATE
SET day = greatest(s.day, excluded.day), sent = CASE WHEN s.day < excluded.day THEN 1 ELSE s.sent + 1 END
WHERE s.day < excluded.day OR s.sent < @at_most::int
RETURNING s.sent;

-- name: InvitationCreate :exec
INSERT INTO invitations (board_id, id, email, email_key, role, invited_by, expires_at)
VALUES (@board_id, @id, @email, @email_key, @role, @invited_by, now() + @keeps::interval);

-- name: InvitationRenew :exec
UPDATE invitations SET invited_at = now(), invited_by = @invited_by, expires_at = now() + @keeps::interval
WHERE board_id = @board_id AND id = @id;

-- name: InvitationWithdraw :exec
UPDATE invitations SET withdrawn_at = now(), withdrawn_by = @actor_id
WHERE board_id = @board_id AND id = @id AND accepted_at IS NULL AND declined_at IS NULL AND withdrawn_at IS NULL;

-- name: InvitationAccept :exec
UPDATE invitations SET accepted_at = now(), accepted_by = @actor_id
WHERE board_id = @board_id AND id = @id AND accepted_at IS NULL AND declined_at IS NULL AND withdrawn_at IS NULL;

-- name: InvitationEndOf :exec
-- What waits on these boards in somebody's name or for an e-mail that is theirs, and the links of others' that they made.
WITH waits AS (
    SELECT i.board_id, i.id, i.invited_by = p.id OR (i.email_key = p.email_key AND p.email_key <> '') AS theirs
    FROM invitations i
    JOIN people p ON p.id = @person_id
    WHERE i.board_id = ANY (@board_ids::uuid[]) AND i.accepted_at IS NULL AND i.declined_at IS NULL AND i.withdrawn_at IS NULL
), links AS (
    DELETE FROM invitation_secrets s USING waits w WHERE s.board_id = w.board_id AND s.invitation_id = w.id AND s.sealed_by = @person_id
)
UPDATE invitations i SET withdrawn_at = now(), withdrawn_by = @actor_id
FROM waits w
WHERE w.theirs AND i.board_id = w.board_id AND i.id = w.id
  AND i.accepted_at IS NULL AND i.declined_at IS NULL AND i.withdrawn_at IS NULL; -- as it may have been declined meanwhile

-- name: InvitationDecline :execrows
UPDATE invitations i SET declined_at = now(), declined_by = @person_id
WHERE (i.id = (SELECT s.invitation_id FROM invitation_secrets s WHERE s.secret_hash = sqlc.narg('secret_hash')::bytea)
       OR (i.id = @id AND i.email_key = @email_key AND @email_key::text <> ''))
  AND i.accepted_at IS NULL AND i.declined_at IS NULL AND i.withdrawn_at IS NULL AND i.expires_at > now();

-- name: BoardLockToJoin :one
-- As BoardLock, for somebody who isn't on the board yet: their role is '' then.
UPDATE board_seq s
SET seq = s.seq + 1, changed_at = clock_timestamp()
WHERE s.board_id = @board_id
RETURNING s.seq, s.last_number, coalesce(member_role(s.board_id, @person_id), '')::text AS role,
          (s.archived_at IS NOT NULL)::bool AS archived, (s.deleted_at IS NOT NULL)::bool AS deleted, now()::timestamptz AS now;

-- name: InvitationPurge :execrows
-- Those that ended, or whose time was over, so long ago.
DELETE FROM invitations i
WHERE i.id IN (
    SELECT o.id FROM invitations o
    WHERE coalesce(o.accepted_at, o.declined_at, o.withdrawn_at, o.expires_at) < now() - @keeps::interval
    LIMIT @max_rows::int
) AND coalesce(i.accepted_at, i.declined_at, i.withdrawn_at, i.expires_at) < now() - @keeps::interval; -- looked at again: it may be sent anew meanwhile
