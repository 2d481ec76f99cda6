-- name: SecretOwner :many
-- Whoever is being taken off the board, or made less than an owner, waits for this to be over, or this finds them so.
SELECT m.person_id FROM members m WHERE m.board_id = @board_id AND m.person_id = @person_id AND m.role = 'owner' FOR SHARE;

-- name: SecretInvitation :many
-- One that can be used, and that nobody has sent anew since it was sent at that time, if one is given.
SELECT i.id FROM invitations i
WHERE i.board_id = @board_id AND i.id = @id AND (sqlc.narg('sent_at')::timestamptz IS NULL OR i.invited_at = sqlc.narg('sent_at')::timestamptz)
  AND i.accepted_at IS NULL AND i.declined_at IS NULL AND i.withdrawn_at IS NULL AND i.expires_at > now()
FOR NO KEY UPDATE;

-- name: SecretCreate :exec
INSERT INTO invitation_secrets (secret_hash, board_id, invitation_id, sealed_by) VALUES (@secret_hash, @board_id, @invitation_id, @sealed_by);

-- name: SecretDelete :exec
-- All but the latest, of which so many stay.
DELETE FROM invitation_secrets s
WHERE s.secret_hash IN (
    SELECT o.secret_hash FROM invitation_secrets o
    WHERE o.board_id = @board_id AND o.invitation_id = @invitation_id
    ORDER BY o.sealed_at DESC OFFSET @stay::int
);
