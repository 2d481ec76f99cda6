-- name: CardListMatching :many
-- The cards on the wall come in the order of their index and stop at the limit; what matches is said in cards_matching.
SELECT top.id, top.number, top.column_id, top.title, top.version, top.has_description, top.due_on, top.rank,
       ARRAY(SELECT a.person_id FROM card_assignees a WHERE a.board_id = @board_id::uuid AND a.card_id = top.id ORDER BY a.person_id)::uuid[] AS assignee_ids
FROM columns c
CROSS JOIN LATERAL (
    SELECT k.id, k.number, k.column_id, k.title, k.version, k.rank, (k.description <> '')::bool AS has_description, k.due_on
    FROM cards_matching(@board_id::uuid, @words::text[], @not_words::text[], @dues::text[], @today::date, @week_end::date, @labels::uuid[], @not_labels::uuid[],
                        @people::uuid[], @people_terms::int[], @not_people::uuid[]) k
    WHERE k.column_id = c.id AND k.archived_at IS NULL AND k.rank >= @after_rank::text AND k.id <> @after::uuid
    ORDER BY k.rank
    LIMIT @max_rows::int
) top
WHERE c.board_id = @board_id::uuid AND c.id = ANY (@columns::uuid[])
ORDER BY c.rank, c.id, top.rank;

-- name: CardListMatchingArchived :many
-- Archived cards may share a rank, and have no index in their order.
SELECT top.id, top.number, top.column_id, top.title, top.version, top.has_description, top.due_on, top.rank,
       ARRAY(SELECT a.person_id FROM card_assignees a WHERE a.board_id = @board_id::uuid AND a.card_id = top.id ORDER BY a.person_id)::uuid[] AS assignee_ids
FROM columns c
CROSS JOIN LATERAL (
    SELECT k.id, k.number, k.column_id, k.title, k.version, k.rank, (k.description <> '')::bool AS has_description, k.due_on
    FROM cards_matching(@board_id::uuid, @words::text[], @not_words::text[], @dues::text[], @today::date, @week_end::date, @labels::uuid[], @not_labels::uuid[],
                        @people::uuid[], @people_terms::int[], @not_people::uuid[]) k
    WHERE k.column_id = c.id AND k.archived_at IS NOT NULL AND (k.rank, k.id) > (@after_rank::text, @after::uuid)
    ORDER BY k.rank, k.id
    LIMIT @max_rows::int
) top
WHERE c.board_id = @board_id::uuid AND c.id = ANY (@columns::uuid[])
ORDER BY c.rank, c.id, top.rank, top.id;

-- name: CardCountMatching :many
SELECT k.column_id, count(*)::int AS matches
FROM cards_matching(@board_id::uuid, @words::text[], @not_words::text[], @dues::text[], @today::date, @week_end::date, @labels::uuid[], @not_labels::uuid[],
                        @people::uuid[], @people_terms::int[], @not_people::uuid[]) k
WHERE k.column_id = ANY (@columns::uuid[]) AND (k.archived_at IS NOT NULL) = @archived::bool
GROUP BY k.column_id;
