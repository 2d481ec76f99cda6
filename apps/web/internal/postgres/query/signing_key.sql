-- name: SigningKeyLock :exec
SELECT pg_advisory_xact_lock(hashtextextended('cardwall signing keys', 0));

-- name: SigningKeyList :many
-- With the time by which to judge the others. Everything here tells statement_timestamp(): now() is from before the lock.
SELECT kid, public_key, sealed_private_key, created_at, activated_at, retiring_at, statement_timestamp()::timestamptz AS now
FROM signing_keys ORDER BY created_at, kid;

-- name: SigningKeyCreate :exec
INSERT INTO signing_keys (kid, public_key, sealed_private_key, created_at) VALUES (@kid, @public_key, @sealed_private_key, statement_timestamp());

-- name: SigningKeyRetire :exec
UPDATE signing_keys SET retiring_at = statement_timestamp() WHERE state = 'active';

-- name: SigningKeyActivate :exec
UPDATE signing_keys SET activated_at = statement_timestamp() WHERE kid = @kid AND state = 'next';

-- name: SigningKeyDrop :exec
DELETE FROM signing_keys WHERE kid = ANY (@kids::text[]) AND state = 'retiring';
