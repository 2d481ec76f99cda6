-- name: ThrottleTake :one
-- One statement counts and decides: of tries at the same moment, each sees the count of the one before. Without a row
-- the try must wait.
INSERT INTO throttles AS t (scope, key, tries, tried_at) VALUES (@scope, @key, 1, clock_timestamp())
ON CONFLICT (scope, key) DO UPDATE SET
    tries = CASE WHEN t.tried_at < clock_timestamp() - @memory::interval THEN 1 ELSE t.tries + 1 END,
    tried_at = clock_timestamp()
WHERE t.tried_at + throttle_wait(t.tries, @free::integer, @first_wait::interval, @longest_wait::interval) <= clock_timestamp()
RETURNING tries, tried_at, throttle_wait(tries, @free::integer, @first_wait::interval, @longest_wait::interval)::interval AS wait;

-- name: ThrottleWait :one
SELECT greatest(interval '0', t.tried_at + throttle_wait(t.tries, @free::integer, @first_wait::interval, @longest_wait::interval) - clock_timestamp())::interval AS wait
FROM throttles t WHERE t.scope = @scope AND t.key = @key;

-- name: ThrottleGiveBack :exec
-- The last try had been let through: without it, the wait before it is over still.
UPDATE throttles SET
    tries = greatest(tries - 1, 0),
    tried_at = CASE
        WHEN tried_at = @tried_at THEN tried_at - throttle_wait(tries - 1, @free::integer, @first_wait::interval, @longest_wait::interval)
        ELSE tried_at
    END
WHERE scope = @scope AND key = @key;

-- name: ThrottleForget :exec
DELETE FROM throttles WHERE scope = @scope AND key = @key;

-- name: ThrottleSweep :execrows
DELETE FROM throttles WHERE tried_at < now() - @older_than::interval;
