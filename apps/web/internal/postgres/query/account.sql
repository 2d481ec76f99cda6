-- name: AccountCreate :execrows
INSERT INTO accounts (issuer, subject, person_id) VALUES (@issuer, @subject, @person_id)
ON CONFLICT (issuer, subject) DO NOTHING;

-- name: AccountLock :exec
-- Arrivals of one identity, and arrivals and sign-ups with one e-mail, come one after another. The identity goes first.
SELECT pg_advisory_xact_lock(hashtextextended('identity ' || @issuer::text || ' ' || @subject::text, 0));

-- name: AccountLink :exec
INSERT INTO accounts (id, issuer, subject, person_id, provider, email, email_verified, name, picture, used_at)
VALUES (@id, @issuer, @subject, @person_id, @provider, @email, @email_verified, @name, @picture, now());

-- name: AccountUse :exec
UPDATE accounts SET provider = @provider, email = @email, email_verified = @email_verified, name = @name, picture = @picture, used_at = now()
WHERE issuer = @issuer AND subject = @subject;

-- name: AccountOwner :one
SELECT person_id FROM accounts WHERE issuer = @issuer AND subject = @subject;

-- name: AccountList :many
SELECT id, issuer, subject, provider, email, email_verified, name, created_at, used_at
FROM accounts WHERE person_id = @person_id
ORDER BY created_at, id;

-- name: AccountDelete :exec
DELETE FROM accounts WHERE id = @id AND person_id = @person_id;

-- name: AccountDeletePassword :many
DELETE FROM accounts WHERE issuer = @issuer AND subject = @email AND person_id <> @owner
RETURNING person_id;
