-- name: AccountCreate :execrows
INSERT INTO accounts (issuer, subject, person_id) VALUES (@issuer, @subject, @person_id)
ON CONFLICT (issuer, subject) DO NOTHING;
