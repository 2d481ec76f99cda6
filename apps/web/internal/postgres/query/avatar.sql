-- name: AvatarSet :exec
INSERT INTO avatars (person_id, hash, media_type, image) VALUES (@person_id, @hash, @media_type, @image)
ON CONFLICT (person_id) DO UPDATE
SET hash = excluded.hash, media_type = excluded.media_type, image = excluded.image, created_at = now();

-- name: AvatarExists :one
SELECT EXISTS (SELECT FROM avatars WHERE person_id = @person_id)::boolean AS present;

-- name: AvatarDelete :execrows
DELETE FROM avatars WHERE person_id = @person_id;

-- name: AvatarFind :one
SELECT media_type, image FROM avatars WHERE hash = @hash LIMIT 1;

-- name: AvatarClaim :one
-- Of several that look for work at once, each gets another picture.
UPDATE accounts SET picture_claimed_at = now()
WHERE id = (
    SELECT a.id FROM accounts a
    WHERE a.picture <> '' AND a.picture_claimed_at IS NULL
    ORDER BY a.created_at
    LIMIT 1
    FOR UPDATE SKIP LOCKED
)
RETURNING person_id, picture;

-- name: AvatarUnclaim :exec
UPDATE accounts SET picture_claimed_at = NULL
WHERE person_id = @person_id AND picture = @picture AND coalesce(used_at, created_at) > now() - interval '1 day';
