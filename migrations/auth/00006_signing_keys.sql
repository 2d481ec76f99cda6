-- +goose Up
-- A signing key is published before it signs (next), signs (active), and stays published until the last token it
-- signed is dead (retiring). Which of these it is, the times say. The private half is sealed with KEY_ENCRYPTION_KEY.
CREATE TABLE signing_keys (
    kid text PRIMARY KEY CHECK (octet_length(kid) <= 64), -- RFC 7638 thumbprint
    public_key bytea NOT NULL,
    sealed_private_key bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    activated_at timestamptz,
    retiring_at timestamptz CHECK (retiring_at IS NULL OR activated_at IS NOT NULL),
    state text NOT NULL GENERATED ALWAYS AS (
        CASE WHEN activated_at IS NULL THEN 'next' WHEN retiring_at IS NULL THEN 'active' ELSE 'retiring' END
    ) STORED
);

CREATE UNIQUE INDEX signing_keys_one_active ON signing_keys (state) WHERE state = 'active';

-- +goose Down
DROP TABLE signing_keys;
