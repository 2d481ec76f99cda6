-- +goose Up
-- A flow may also be for showing that it is the person who is signed in: it ends with that person or with nobody.
ALTER TABLE flows
    DROP CONSTRAINT flows_purpose_check,
    DROP CONSTRAINT flows_check1,
    ADD CONSTRAINT flows_purpose CHECK (purpose IN ('sign_in', 'link', 'prove')),
    ADD CONSTRAINT flows_session CHECK ((purpose <> 'sign_in') = (person_id IS NOT NULL AND session_id IS NOT NULL));

-- +goose Down
DELETE FROM flows WHERE purpose = 'prove';
ALTER TABLE flows
    DROP CONSTRAINT flows_purpose,
    DROP CONSTRAINT flows_session,
    ADD CONSTRAINT flows_purpose_check CHECK (purpose IN ('sign_in', 'link')),
    ADD CONSTRAINT flows_check1 CHECK ((purpose = 'link') = (person_id IS NOT NULL AND session_id IS NOT NULL));
