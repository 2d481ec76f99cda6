-- +goose Up
-- Who asks for what is due asks for few cards of many. Those without a date, which are most, write nothing here.
CREATE INDEX cards_due ON cards (board_id, due_on) WHERE due_on IS NOT NULL AND deleted_at IS NULL;

-- The cards of some boards that are on a side of the wall, whatever their words: those that some people are to do, those due on
-- some days, those on the wall in columns that are called so and not so, or those in the archive. The planner puts this into
-- the statement in its place, and none of the other sides is read. OFFSET 0: each side by its index, whatever the statistics say.
-- +goose StatementBegin
CREATE FUNCTION cards_on_side(
    side text, of_boards uuid[], people uuid[], due_from date, due_to date, titles text[], not_titles text[]
) RETURNS SETOF cards LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT k.*
    FROM (SELECT unnest(of_boards) AS board_id) mine
    CROSS JOIN LATERAL (SELECT DISTINCT a.card_id FROM card_assignees a WHERE a.board_id = mine.board_id AND a.person_id = ANY (people)) a
    CROSS JOIN LATERAL (SELECT * FROM cards k WHERE k.board_id = mine.board_id AND k.id = a.card_id AND k.deleted_at IS NULL OFFSET 0) k
    WHERE side = 'people'
    UNION ALL
    SELECT k.*
    FROM (SELECT unnest(of_boards) AS board_id) mine
    CROSS JOIN LATERAL (
        SELECT * FROM cards k WHERE k.board_id = mine.board_id AND k.due_on BETWEEN due_from AND due_to AND k.deleted_at IS NULL OFFSET 0
    ) k
    WHERE side = 'due'
    UNION ALL
    SELECT k.*
    FROM (SELECT unnest(of_boards) AS board_id) mine
    CROSS JOIN LATERAL (
        SELECT c.id FROM columns c
        WHERE c.board_id = mine.board_id AND c.archived_at IS NULL AND c.deleted_at IS NULL
          AND lower(c.title) = ALL (ARRAY(SELECT lower(w) FROM unnest(titles) w)) AND lower(c.title) <> ALL (ARRAY(SELECT lower(w) FROM unnest(not_titles) w))
        OFFSET 0
    ) c
    CROSS JOIN LATERAL (
        SELECT * FROM cards k WHERE k.board_id = mine.board_id AND k.column_id = c.id AND k.archived_at IS NULL AND k.deleted_at IS NULL OFFSET 0
    ) k
    WHERE side = 'wall'
    UNION ALL
    SELECT k.*
    FROM (SELECT unnest(of_boards) AS board_id) mine
    CROSS JOIN LATERAL (SELECT * FROM cards k WHERE k.board_id = mine.board_id AND k.archived_at IS NOT NULL AND k.deleted_at IS NULL OFFSET 0) k
    WHERE side = 'archive'
    UNION ALL
    SELECT k.*
    FROM (SELECT unnest(of_boards) AS board_id) mine
    CROSS JOIN LATERAL (
        SELECT c.id FROM columns c JOIN board_seq s ON s.board_id = c.board_id
        WHERE c.board_id = mine.board_id AND c.deleted_at IS NULL AND (c.archived_at IS NOT NULL OR s.archived_at IS NOT NULL) OFFSET 0
    ) c
    CROSS JOIN LATERAL (
        SELECT * FROM cards k WHERE k.board_id = mine.board_id AND k.column_id = c.id AND k.archived_at IS NULL AND k.deleted_at IS NULL OFFSET 0
    ) k
    WHERE side = 'archive'
$$;
-- +goose StatementEnd

-- +goose Down
DROP FUNCTION cards_on_side(text, uuid[], uuid[], date, date, text[], text[]);
DROP INDEX cards_due;
