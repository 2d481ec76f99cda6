-- name: PersonCreate :execrows
-- Nobody when somebody came with that invitation to a board before.
INSERT INTO people (id, name, email, board_invitation_id) VALUES (@id, @name, @email, @board_invitation_id)
ON CONFLICT (board_invitation_id) DO NOTHING;

-- name: PersonLockEmail :exec
SELECT pg_advisory_xact_lock(hashtextextended('email ' || @email::text, 0));

-- name: PersonListByEmail :many
SELECT id, email, (email_verified_at IS NOT NULL)::boolean AS email_verified, (disabled_at IS NOT NULL)::boolean AS disabled
FROM people WHERE email = @email AND email <> '';

-- name: PersonLockAll :many
-- In one order, whoever asks: see lock.go.
SELECT id, email, (email_verified_at IS NOT NULL)::boolean AS email_verified, (disabled_at IS NOT NULL)::boolean AS disabled
FROM people WHERE id = ANY(@ids::uuid[]) OR email = @email AND email <> ''
ORDER BY id
FOR UPDATE;

-- name: PersonLock :one
SELECT id, email, (email_verified_at IS NOT NULL)::boolean AS email_verified, (disabled_at IS NOT NULL)::boolean AS disabled
FROM people WHERE id = @id
FOR UPDATE;

-- name: PersonGiveEmail :exec
UPDATE people SET email = @email, email_verified_at = CASE WHEN @verified::boolean THEN now() END WHERE id = @id;

-- name: PersonStripEmail :many
-- The claims that nobody has proved, when the verified owner is known.
UPDATE people SET email = '' WHERE email = @email AND email_verified_at IS NULL AND id <> @owner
RETURNING id;

-- name: PersonProfile :one
SELECT p.id, p.name, p.email, (p.email_verified_at IS NOT NULL)::boolean AS email_verified, p.picture,
    coalesce(w.hash, '')::text AS hash, w.changed_at AS password_changed_at,
    EXISTS (SELECT FROM sessions s WHERE s.person_id = p.id AND s.address <<= @network::cidr)::boolean AS familiar,
    EXISTS (SELECT FROM sessions s WHERE s.person_id = p.id AND s.public_id = @session_id AND s.revoked_at IS NULL AND s.created_at > now() - @recent::interval)::boolean AS recent
FROM people p
LEFT JOIN passwords w ON w.person_id = p.id
WHERE p.id = @id;

-- name: PersonRename :exec
UPDATE people SET name = @name WHERE id = @id;

-- name: PersonTurnKeys :exec
UPDATE people SET keys_off_at = CASE WHEN @off::boolean THEN coalesce(keys_off_at, now()) END WHERE id = @id;

-- name: PersonSetPicture :exec
UPDATE people SET picture = @picture WHERE id = @id;

-- name: PersonDelete :execrows
DELETE FROM people WHERE id = @id;

-- name: PersonDisable :exec
UPDATE people SET disabled_at = now(), disabled_by = 'operator' WHERE id = @id;

-- name: PersonEnable :exec
UPDATE people SET disabled_at = NULL, disabled_by = NULL WHERE id = @id;

-- name: PersonSender :one
SELECT id, name, email, (email_verified_at IS NOT NULL)::boolean AS email_verified, picture
FROM people WHERE id = @id AND disabled_at IS NULL;
