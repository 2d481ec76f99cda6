-- name: MailTokenCreate :exec
INSERT INTO mail_tokens (id, purpose, person_id, email, expires_at)
VALUES (@id, @purpose, @person_id, @email, now() + @waits::interval);

-- name: MailTokenLock :one
-- Anybody can sign up with a stranger's e-mail under a name of their choice. A mail goes there with a name only once it
-- is known to be that person's.
SELECT t.purpose, t.person_id, t.email, (CASE WHEN p.email = t.email AND p.email_verified_at IS NOT NULL THEN p.name ELSE '' END)::text AS name
FROM mail_tokens t
LEFT JOIN people p ON p.id = t.person_id
WHERE t.id = @id AND t.expires_at > now()
FOR UPDATE OF t;

-- name: MailTokenSeal :exec
UPDATE mail_tokens SET hash = @hash, person_id = @person_id, expires_at = now() + @life::interval WHERE id = @id;

-- name: MailTokenFind :one
SELECT t.person_id, t.email, coalesce(p.name, '')::text AS name
FROM mail_tokens t
LEFT JOIN people p ON p.id = t.person_id
WHERE t.hash = @hash AND t.purpose = @purpose AND t.expires_at > now() AND p.disabled_at IS NULL;

-- name: MailTokenTake :one
-- Used once: of two that come with the same token, one finds it.
DELETE FROM mail_tokens WHERE hash = @hash AND purpose = @purpose AND expires_at > now()
RETURNING person_id, email;

-- name: MailTokenPending :one
SELECT email FROM mail_tokens
WHERE purpose = 'verify' AND person_id = @person_id::uuid AND email <> @current_email AND expires_at > now()
ORDER BY created_at DESC LIMIT 1;

-- name: MailTokenDrop :exec
DELETE FROM mail_tokens WHERE id = @id;

-- name: MailTokenDropOf :exec
DELETE FROM mail_tokens WHERE person_id = @person_id::uuid AND purpose = @purpose;

-- name: MailTokenDropAllOf :exec
DELETE FROM mail_tokens WHERE person_id = @person_id::uuid;

-- name: MailTokenSweep :execrows
DELETE FROM mail_tokens WHERE expires_at < now();
