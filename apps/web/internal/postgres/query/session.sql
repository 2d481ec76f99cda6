-- name: SessionCreate :exec
INSERT INTO sessions (id_hash, public_id, person_id, expires_at, user_agent, address)
VALUES (@id_hash, @public_id, @person_id, now() + @life::interval, @user_agent, @address);

-- name: SessionFind :one
SELECT s.public_id, s.created_at, s.expires_at, (s.touched_at < now() - @touch_every::interval)::boolean AS touch_due,
    p.id AS person_id, p.name, p.email, (p.email_verified_at IS NOT NULL)::boolean AS email_verified, p.picture
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
