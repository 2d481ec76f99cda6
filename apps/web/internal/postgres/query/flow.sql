-- name: FlowCreate :exec
INSERT INTO flows (state_hash, browser_hash, provider, purpose, person_id, session_id, verifier, nonce, kept, return_to, invitation_hash, expires_at)
VALUES (@state_hash, @browser_hash, @provider, @purpose, @person_id, @session_id, @verifier, @nonce, @kept, @return_to, @invitation_hash,
    now() + @life::interval);

-- name: FlowTake :one
-- Only the browser and the provider that it began with take a flow away, so nobody else can spoil it.
DELETE FROM flows WHERE state_hash = @state_hash AND browser_hash = @browser_hash AND provider = @provider
RETURNING purpose, person_id, session_id, verifier, nonce, kept, return_to, invitation_hash, (expires_at > now())::boolean AS in_time;

-- name: FlowSweep :execrows
DELETE FROM flows WHERE expires_at < now();

-- name: FlowDropOf :exec
-- The links that a person began.
DELETE FROM flows WHERE person_id = @person_id::uuid;

-- name: FlowCarry :exec
-- The links that a session began go on under its new id. Only under SessionLock.
UPDATE flows SET session_id = @renewed::uuid WHERE person_id = @person_id::uuid AND session_id = @session_id::uuid;
