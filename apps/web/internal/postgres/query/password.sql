-- name: PasswordCreate :one
INSERT INTO passwords (person_id, hash) VALUES (@person_id, @hash)
RETURNING changed_at;

-- name: PasswordFind :one
SELECT p.id AS person_id, w.hash, w.changed_at, (p.disabled_at IS NOT NULL)::boolean AS disabled,
    EXISTS (SELECT FROM sessions s WHERE s.person_id = p.id AND s.address <<= @network::cidr)::boolean AS familiar
FROM accounts a
JOIN people p ON p.id = a.person_id
JOIN passwords w ON w.person_id = p.id
WHERE a.issuer = @issuer AND a.subject = @subject;

-- name: PasswordRehash :exec
-- The password stays, so changed_at does.
UPDATE passwords SET hash = @new_hash WHERE person_id = @person_id AND hash = @old_hash;

-- name: PasswordDelete :exec
DELETE FROM passwords WHERE person_id = ANY(@people::uuid[]);

-- name: PasswordChange :execrows
-- Unless it was changed meanwhile.
UPDATE passwords SET hash = @new_hash, changed_at = now() WHERE person_id = @person_id AND hash = @old_hash;

-- name: PasswordAdd :execrows
INSERT INTO passwords (person_id, hash) VALUES (@person_id, @hash)
ON CONFLICT (person_id) DO NOTHING;

-- name: PasswordSet :exec
INSERT INTO passwords (person_id, hash) VALUES (@person_id, @hash)
ON CONFLICT (person_id) DO UPDATE SET hash = EXCLUDED.hash, changed_at = now();
