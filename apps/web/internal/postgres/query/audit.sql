-- name: AuditCreate :exec
INSERT INTO audit (what, person_id, email, address, user_agent, details)
VALUES (@what, @person_id, @email, @address, @user_agent, @details);

-- name: AuditListByPerson :many
-- A session is renewed with something that is told itself.
SELECT id, at, what, address, user_agent, details FROM audit
WHERE person_id = @person_id AND id < @before AND what <> 'session_renewed'
ORDER BY id DESC
LIMIT @max_rows::int;

-- name: AuditForget :exec
-- Tries that named nobody may have been of the person's e-mail, too, before they signed up.
UPDATE audit SET email = '', address = '::', user_agent = ''
WHERE person_id = @person_id OR person_id IS NULL AND email = @email AND email <> '';
