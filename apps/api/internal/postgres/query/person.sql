-- name: PersonSave :exec
-- A token may outlive its person's account by a little: it brings nothing back of somebody who has left.
INSERT INTO people (id, name, email, email_key, picture)
VALUES (@id, @name, @email, @email_key, @picture)
ON CONFLICT (id) DO UPDATE
SET name = excluded.name, email = excluded.email, email_key = excluded.email_key, picture = excluded.picture, updated_at = now()
WHERE people.left_at IS NULL
  AND (people.name, people.email, people.email_key, people.picture)
      IS DISTINCT FROM (excluded.name, excluded.email, excluded.email_key, excluded.picture);

-- name: PersonTakeTurn :exec
-- Two who leave as one person come one after another.
SELECT pg_advisory_xact_lock(hashtextextended('leave ' || @person::text, 0));

-- name: PersonLock :exec
-- Whoever leaves waits for what they are about to own, and what comes later finds them gone.
SELECT FROM people WHERE id = @id FOR NO KEY UPDATE;

-- name: PersonLeave :exec
UPDATE people SET name = '', email = '', email_key = '', picture = '', left_at = now(), updated_at = now()
WHERE id = @id AND left_at IS NULL;

-- name: PersonMarkBoarded :one
-- Two first boards at once come one after another, and only one of them finds that it is the first.
UPDATE people p SET boarded_at = now()
WHERE p.id = @id AND p.boarded_at IS NULL
RETURNING (NOT EXISTS (SELECT FROM members m WHERE m.person_id = p.id))::bool AS never_on_any;
