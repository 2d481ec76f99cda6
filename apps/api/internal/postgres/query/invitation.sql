-- name: InvitationGet :one
-- One that waits.
SELECT i.board_id, b.title AS board_title, i.id, i.email, i.role, i.invited_by, p.name AS by_name, (p.left_at IS NOT NULL)::bool AS by_left,
       i.invited_at, i.expires_at, (i.expires_at <= now())::bool AS over
FROM invitations i
JOIN boards b ON b.id = i.board_id
JOIN people p ON p.id = i.invited_by
WHERE i.board_id = @board_id AND i.id = @id AND i.accepted_at IS NULL AND i.declined_at IS NULL AND i.withdrawn_at IS NULL;

-- name: InvitationListByBoard :many
SELECT i.board_id, b.title AS board_title, i.id, i.email, i.role, i.invited_by, p.name AS by_name, (p.left_at IS NOT NULL)::bool AS by_left,
       i.invited_at, i.expires_at, (i.expires_at <= now())::bool AS over
FROM members m
JOIN invitations i ON i.board_id = m.board_id
JOIN boards b ON b.id = i.board_id
JOIN people p ON p.id = i.invited_by
WHERE m.board_id = @board_id AND m.person_id = @person_id AND m.role = 'owner'
  AND i.accepted_at IS NULL AND i.declined_at IS NULL AND i.withdrawn_at IS NULL
ORDER BY i.invited_at DESC, i.id DESC;

-- name: InvitationListByEmail :many
SELECT i.board_id, b.title AS board_title, i.id, i.email, i.role, i.invited_by, p.name AS by_name, (p.left_at IS NOT NULL)::bool AS by_left,
       i.invited_at, i.expires_at, (i.expires_at <= now())::bool AS over
FROM invitations i
JOIN boards b ON b.id = i.board_id
JOIN board_seq s ON s.board_id = i.board_id AND s.deleted_at IS NULL
JOIN people p ON p.id = i.invited_by
WHERE i.email_key = @email_key AND i.accepted_at IS NULL AND i.declined_at IS NULL AND i.withdrawn_at IS NULL AND i.expires_at > now()
  AND NOT EXISTS (SELECT FROM members m WHERE m.board_id = i.board_id AND m.person_id = @person_id)
ORDER BY i.invited_at DESC, i.id DESC
LIMIT 100;

-- name: InvitationFor :one
-- One that can be used by whoever has its secret, or reads mail where it was sent to.
SELECT i.board_id, b.title AS board_title, i.id, i.email, i.role, i.invited_by, p.name AS by_name, (p.left_at IS NOT NULL)::bool AS by_left,
       i.invited_at, i.expires_at, false AS over
FROM invitations i
JOIN boards b ON b.id = i.board_id
JOIN board_seq s ON s.board_id = i.board_id AND s.deleted_at IS NULL
JOIN people p ON p.id = i.invited_by
WHERE (i.secret_hash = sqlc.narg('secret_hash')::bytea OR (i.id = @id AND i.email_key = @email_key AND @email_key::text <> ''))
  AND i.accepted_at IS NULL AND i.declined_at IS NULL AND i.withdrawn_at IS NULL AND i.expires_at > now();

-- name: InvitationCounts :one
SELECT EXISTS (SELECT FROM invitations i WHERE i.board_id = @board_id AND i.email_key = @email_key
               AND i.accepted_at IS NULL AND i.declined_at IS NULL AND i.withdrawn_at IS NULL)::bool AS waits,
       (SELECT count(*) FROM invitations i WHERE i.board_id = @board_id
        AND i.accepted_at IS NULL AND i.declined_at IS NULL AND i.withdrawn_at IS NULL)::int AS on_board,
       (SELECT count(*) FROM invitations i WHERE i.invited_by = @person_id AND i.invited_at > now() - interval '1 day')::int AS today;

-- name: InvitationCreate :exec
INSERT INTO invitations (board_id, id, email, email_key, role, invited_by, expires_at)
VALUES (@board_id, @id, @email, @email_key, @role, @invited_by, now() + @keeps::interval);

-- name: InvitationRenew :exec
UPDATE invitations SET invited_at = now(), invited_by = @invited_by, expires_at = now() + @keeps::interval, secret_hash = NULL
WHERE board_id = @board_id AND id = @id;

-- name: InvitationSeal :many
UPDATE invitations i SET secret_hash = @secret_hash
FROM members m
WHERE i.board_id = @board_id AND i.id = @id AND m.board_id = i.board_id AND m.person_id = @person_id AND m.role = 'owner'
  AND i.accepted_at IS NULL AND i.declined_at IS NULL AND i.withdrawn_at IS NULL AND i.expires_at > now()
RETURNING i.id;

-- name: InvitationWithdraw :exec
UPDATE invitations SET withdrawn_at = now(), withdrawn_by = @actor_id, secret_hash = NULL WHERE board_id = @board_id AND id = @id;

-- name: InvitationAccept :exec
UPDATE invitations SET accepted_at = now(), accepted_by = @actor_id, secret_hash = NULL WHERE board_id = @board_id AND id = @id;

-- name: InvitationDecline :execrows
UPDATE invitations i SET declined_at = now(), declined_by = @person_id, secret_hash = NULL
WHERE (i.secret_hash = sqlc.narg('secret_hash')::bytea OR (i.id = @id AND i.email_key = @email_key AND @email_key::text <> ''))
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
