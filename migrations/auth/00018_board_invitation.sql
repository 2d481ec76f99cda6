-- +goose Up
-- The invitation to a board that somebody came with, where becoming a person takes one: each lets one person in. The invitation
-- itself is the api's.
ALTER TABLE people ADD COLUMN board_invitation_id uuid UNIQUE;

-- +goose Down
ALTER TABLE people DROP COLUMN board_invitation_id;
