-- name: JobDeleteOf :exec
-- The mails to a person who is deleted, sent or not. The library's own deletion leaves out those that anybody has locked.
-- A job at work stays for whoever does it to finish: JobForget takes out what it holds.
DELETE FROM river_job WHERE kind = @kind AND args @> jsonb_build_object('person', @person_id::uuid) AND state <> 'running';

-- name: JobForget :exec
UPDATE river_job SET args = args - ARRAY['to', 'about']
WHERE kind = @kind AND args @> jsonb_build_object('person', @person_id::uuid);

-- name: JobCountByState :many
SELECT state::text AS state, count(*) AS jobs FROM river_job GROUP BY state;
