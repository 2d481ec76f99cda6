-- name: PersonSave :exec
INSERT INTO people (id, name, email, picture)
VALUES (@id, @name, @email, @picture)
ON CONFLICT (id) DO UPDATE
SET name = excluded.name, email = excluded.email, picture = excluded.picture, updated_at = now()
WHERE (people.name, people.email, people.picture) IS DISTINCT FROM (excluded.name, excluded.email, excluded.picture);
