-- name: SessionCreate :exec
INSERT INTO sessions (id_hash, public_id, person_id, expires_at, user_agent, address)
VALUES (@id_hash, @public_id, @person_id, now() + @life::interval, @user_agent, @address);

-- name: SessionFind :one
SELECT s.public_id, s.created_at, s.expires_at, (s.touched_at < now() - @touch_every::interval)::boolean AS touch_due,
    (least(s.expires_at, s.touched_at + @idle::interval) - now())::interval AS left_to_live,
    p.id AS person_id, p.name, p.email, (p.email_verified_at IS NOT NULL)::boolean AS email_verified, p.picture,
    (p.keys_off_at IS NOT NULL)::boolean AS keys_off
FROM sessions s
JOIN people p ON p.id = s.person_id
WHERE s.id_hash = @id_hash AND s.revoked_at IS NULL AND s.expires_at > now() AND s.touched_at > now() - @idle::interval
    AND p.disabled_at IS NULL;

-- name: SessionLive :one
SELECT EXISTS (
    SELECT FROM sessions s
    JOIN people p ON p.id = s.person_id
    WHERE s.public_id = @public_id AND s.revoked_at IS NULL AND s.expires_at > now() AND s.touched_at > now() - @idle::interval
        AND p.disabled_at IS NULL
)::boolean AS live;

-- name: SessionTouch :exec
UPDATE sessions SET touched_at = now()
WHERE id_hash = @id_hash AND revoked_at IS NULL AND touched_at < now() - @touch_every::interval;

-- name: SessionRevoke :one
UPDATE sessions SET revoked_at = now() WHERE id_hash = @id_hash AND revoked_at IS NULL
RETURNING public_id, person_id;

-- name: SessionSweep :execrows
DELETE FROM sessions WHERE expires_at < now() - @older_than::interval;

-- name: SessionLock :exec
-- Held to the end of the transaction, so that no session is renewed past the ending of all.
SELECT FROM people WHERE id = @person_id FOR NO KEY UPDATE;

-- name: SessionRenew :exec
-- The new id has the life that the old one had left.
INSERT INTO sessions (id_hash, public_id, person_id, created_at, expires_at, user_agent, address)
SELECT @renewed, @public_id, old.person_id, old.created_at, old.expires_at, old.user_agent, old.address
FROM sessions old WHERE old.id_hash = @id_hash;

-- name: SessionList :many
SELECT public_id, created_at, touched_at, user_agent, address FROM sessions
WHERE person_id = @person_id AND revoked_at IS NULL AND expires_at > now() AND touched_at > now() - @idle::interval
ORDER BY touched_at DESC, public_id DESC;

-- name: SessionOwned :one
SELECT EXISTS (SELECT FROM sessions WHERE public_id = @public_id AND person_id = @person_id)::boolean AS owned;

-- name: SessionRevokeOne :many
UPDATE sessions SET revoked_at = now() WHERE public_id = @public_id AND revoked_at IS NULL
RETURNING public_id;

-- name: SessionRevokeAll :many
UPDATE sessions SET revoked_at = now() WHERE person_id = @person_id AND public_id <> @keep AND revoked_at IS NULL
RETURNING public_id;

-- name: SessionProof :one
-- Whether somebody may come in by what they showed. Only under SessionLock.
SELECT (p.disabled_at IS NOT NULL)::boolean AS disabled, EXISTS (
    SELECT FROM accounts a
    LEFT JOIN passwords w ON w.person_id = a.person_id
    WHERE a.person_id = p.id AND a.issuer = @issuer AND a.subject = @subject AND (a.issuer <> 'password' OR w.changed_at = @since::timestamptz)
)::boolean AS holds
FROM people p WHERE p.id = @person_id;
