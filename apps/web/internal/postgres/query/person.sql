-- name: PersonCreate :exec
INSERT INTO people (id, name, email) VALUES (@id, @name, @email);

-- name: PersonLockEmail :exec
SELECT pg_advisory_xact_lock(hashtextextended('email ' || @email::text, 0));

-- name: PersonListByEmail :many
SELECT id, email, (email_verified_at IS NOT NULL)::boolean AS email_verified, (disabled_at IS NOT NULL)::boolean AS disabled
FROM people WHERE email = @email AND email <> ''
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
