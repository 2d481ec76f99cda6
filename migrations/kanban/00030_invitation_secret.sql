-- +goose Up
-- An e-mail that is known to be a person's, as e-mails are compared; '' for none.
ALTER TABLE people ADD COLUMN email_key text COLLATE "C" NOT NULL DEFAULT '';

-- How many invitations somebody has sent on the last day on which they sent any, wherever. It stays when a board goes, and its
-- invitations with it.
CREATE TABLE invitations_sent (
    person_id uuid PRIMARY KEY REFERENCES people,
    day       date NOT NULL, -- UTC
    sent      integer NOT NULL CHECK (sent > 0)
);

-- The secrets of an invitation's links, of which there is the hash alone: one that was told to an owner, and one for each attempt to
-- mail it. They take the place of invitations.secret_hash, which nothing reads any more.
CREATE TABLE invitation_secrets (
    secret_hash   bytea PRIMARY KEY,
    board_id      uuid NOT NULL,
    invitation_id uuid NOT NULL,
    sealed_by     uuid NOT NULL REFERENCES people,
    sealed_at     timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (board_id, invitation_id) REFERENCES invitations (board_id, id) ON DELETE CASCADE
);
CREATE INDEX invitation_secrets_by_invitation ON invitation_secrets (board_id, invitation_id);
INSERT INTO invitation_secrets (secret_hash, board_id, invitation_id, sealed_by)
SELECT i.secret_hash, i.board_id, i.id, i.invited_by FROM invitations i WHERE i.secret_hash IS NOT NULL;

-- What waits ends with its sender's word on the board. That holds from here on; these were left over before.
UPDATE invitations i SET withdrawn_at = now(), withdrawn_by = i.invited_by
WHERE i.accepted_at IS NULL AND i.declined_at IS NULL AND i.withdrawn_at IS NULL
  AND NOT EXISTS (SELECT FROM members m WHERE m.board_id = i.board_id AND m.person_id = i.invited_by AND m.role = 'owner');

-- +goose Down
DROP TABLE invitation_secrets;
DROP TABLE invitations_sent;
ALTER TABLE people DROP COLUMN email_key;
