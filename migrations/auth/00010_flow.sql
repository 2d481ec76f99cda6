-- +goose Up
-- A flow is one way through a provider, from leaving for it to coming back, to sign in or to link. It is used once:
-- coming back takes the row away. Of what opens it, the state and the browser's cookie, here are only the SHA-256s.
CREATE TABLE flows (
    state_hash bytea PRIMARY KEY CHECK (octet_length(state_hash) = 32),
    browser_hash bytea NOT NULL CHECK (octet_length(browser_hash) = 32),
    provider text NOT NULL CHECK (provider <> ''),
    purpose text NOT NULL CHECK (purpose IN ('sign_in', 'link')),
    person_id uuid REFERENCES people (id) ON DELETE CASCADE, -- who links, and in which session
    session_id uuid,
    verifier text NOT NULL, -- PKCE's
    nonce text NOT NULL,
    kept text NOT NULL, -- what the provider needs back
    return_to text NOT NULL,
    invitation_hash bytea CHECK (octet_length(invitation_hash) = 32),
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    CHECK (expires_at > created_at),
    CHECK ((purpose = 'link') = (person_id IS NOT NULL AND session_id IS NOT NULL))
);

CREATE INDEX flows_person ON flows (person_id);
CREATE INDEX flows_expired ON flows (expires_at);

-- +goose Down
DROP TABLE flows;
