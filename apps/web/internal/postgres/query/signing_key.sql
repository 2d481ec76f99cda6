-- name: SigningKeyList :many
SELECT kid, state, public_key, sealed_private_key FROM signing_keys ORDER BY created_at, kid;

-- name: SigningKeyLock :exec
SELECT pg_advisory_xact_lock(hashtextextended('cardwall signing keys', 0));

-- name: SigningKeyHasActive :one
SELECT EXISTS (SELECT FROM signing_keys WHERE state = 'active')::boolean AS has_active;

-- name: SigningKeyCreateActive :exec
INSERT INTO signing_keys (kid, public_key, sealed_private_key, activated_at) VALUES (@kid, @public_key, @sealed_private_key, now());
