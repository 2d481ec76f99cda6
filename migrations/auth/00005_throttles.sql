-- +goose Up
-- A throttle counts the tries from one address or on one account. The key is a SHA-256: of one size whatever was
-- typed, and nothing to read.
CREATE TABLE throttles (
    scope text NOT NULL,
    key bytea NOT NULL CHECK (octet_length(key) = 32),
    tries integer NOT NULL,
    tried_at timestamptz NOT NULL,
    PRIMARY KEY (scope, key)
);

CREATE INDEX throttles_tried ON throttles (tried_at);

-- How long after so many tries the next one has to wait: nothing while some are free, then twice as long each time.
CREATE FUNCTION throttle_wait(tries integer, free integer, first_wait interval, longest_wait interval)
RETURNS interval LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN tries < free THEN interval '0'
        ELSE least(longest_wait, first_wait * power(2, least(tries - free, 20)))
    END
$$;

-- +goose Down
DROP FUNCTION throttle_wait;
DROP TABLE throttles;
