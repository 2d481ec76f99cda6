-- name: EmailOwner :one
-- Whose password somebody forgot who says that this is their e-mail: the verified owner, else who signed up with it,
-- whose name may be meant for another's eyes.
SELECT p.id, (CASE WHEN p.email_verified_at IS NOT NULL THEN p.name ELSE '' END)::text AS name FROM people p
WHERE p.email = @email AND p.disabled_at IS NULL AND (
    p.email_verified_at IS NOT NULL
    OR EXISTS (SELECT FROM accounts a WHERE a.person_id = p.id AND a.issuer = 'password' AND a.subject = @email)
)
ORDER BY p.email_verified_at IS NULL LIMIT 1;

-- name: EmailFollow :exec
-- The password account is named after the e-mail, and follows it.
UPDATE accounts SET subject = @email WHERE person_id = @person_id AND issuer = 'password';

-- name: EmailDropOtherWaysIn :execrows
-- What somebody else may have linked while the e-mail was but a claim.
DELETE FROM accounts WHERE person_id = @person_id AND issuer <> 'password';
