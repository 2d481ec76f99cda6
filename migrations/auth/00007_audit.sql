-- +goose Up
-- An audit row says who did what to whose account, when and from where. It outlives the person it speaks of.
CREATE TABLE audit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now(),
    what text NOT NULL CHECK (what <> ''), -- signed_up, signed_in, sign_in_failed, signed_out, …
    person_id uuid, -- whose account; none when a failure names nobody
    email text NOT NULL DEFAULT '', -- as it was given
    address inet NOT NULL,
    user_agent text NOT NULL DEFAULT '',
    details jsonb NOT NULL DEFAULT '{}'
);

CREATE INDEX audit_person ON audit (person_id, id);

-- +goose Down
DROP TABLE audit;
