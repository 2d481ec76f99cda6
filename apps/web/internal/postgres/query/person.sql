-- name: PersonCreate :exec
INSERT INTO people (id, name, email) VALUES (@id, @name, @email);
