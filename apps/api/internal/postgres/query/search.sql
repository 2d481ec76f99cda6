-- name: SearchBoards :many
-- The boards that a person may find cards on, and how many cards each ever had.
SELECT m.board_id, s.last_number
FROM members m
JOIN board_seq s ON s.board_id = m.board_id
WHERE m.person_id = @person_id AND s.deleted_at IS NULL AND (@archived::bool OR s.archived_at IS NULL);

-- name: SearchNewest :many
-- What fits among the newest texts there are, on whichever board, and how well: a word that is frequent is found here.
SELECT n.board_id, n.card_id,
       CASE WHEN n.texts @@ (SELECT to_tsquery('simple', @whole::text)) THEN 1
            WHEN n.texts @@ (SELECT to_tsquery('simple', @titled::text)) THEN 2 ELSE 3 END::int AS tier
FROM (
    SELECT t.board_id, t.card_id, t.texts, t.labels FROM card_texts t
    WHERE t.card_id < @before
    ORDER BY t.card_id DESC
    LIMIT @depth::int
) n
WHERE n.texts @@ (SELECT to_tsquery('simple', @anywhere::text)) AND n.labels @> @labels::text[] AND NOT n.labels && @not_labels::text[]
ORDER BY n.card_id DESC
LIMIT @max_rows::int;

-- name: SearchWords :many
-- What fits, found by the text index and best first. A word that is frequent takes long here. OFFSET 0: how well each fits is
-- found out once, and not for each condition.
SELECT hits.board_id, hits.card_id, hits.tier
FROM (
    SELECT t.board_id, t.card_id,
           CASE WHEN t.texts @@ (SELECT to_tsquery('simple', @whole::text)) THEN 1
                WHEN t.texts @@ (SELECT to_tsquery('simple', @titled::text)) THEN 2 ELSE @otherwise::int END::int AS tier
    FROM card_texts t
    WHERE t.texts @@ (SELECT to_tsquery('simple', @anywhere::text)) AND t.board_id = ANY (@boards::uuid[])
      AND NOT t.labels && @not_labels::text[]
    OFFSET 0
) hits
WHERE hits.tier <= @last_tier::int AND (hits.tier > @tier::int OR (hits.tier = @tier::int AND hits.card_id < @before::uuid))
ORDER BY hits.tier, hits.card_id DESC
LIMIT @max_rows::int;

-- name: SearchWordsLabelled :many
-- SearchWords for cards that carry labels. In one statement with it, no labels would be all that there are: the planner then
-- takes the whole index for as quick.
SELECT hits.board_id, hits.card_id, hits.tier
FROM (
    SELECT t.board_id, t.card_id,
           CASE WHEN t.texts @@ (SELECT to_tsquery('simple', @whole::text)) THEN 1
                WHEN t.texts @@ (SELECT to_tsquery('simple', @titled::text)) THEN 2 ELSE @otherwise::int END::int AS tier
    FROM card_texts t
    WHERE t.texts @@ (SELECT to_tsquery('simple', @anywhere::text)) AND t.board_id = ANY (@boards::uuid[])
      AND t.labels @> @labels::text[] AND NOT t.labels && @not_labels::text[]
    OFFSET 0
) hits
WHERE hits.tier <= @last_tier::int AND (hits.tier > @tier::int OR (hits.tier = @tier::int AND hits.card_id < @before::uuid))
ORDER BY hits.tier, hits.card_id DESC
LIMIT @max_rows::int;

-- name: SearchCards :many
-- What fits, found by reading all texts of some boards, which must not be many.
SELECT hits.board_id, hits.card_id, hits.tier
FROM (
    SELECT t.board_id, t.card_id,
           CASE WHEN t.texts @@ (SELECT to_tsquery('simple', @whole::text)) THEN 1
                WHEN t.texts @@ (SELECT to_tsquery('simple', @titled::text)) THEN 2 ELSE 3 END::int AS tier
    FROM (SELECT unnest(@boards::uuid[]) AS board_id) mine
    CROSS JOIN LATERAL (SELECT k.id FROM cards k WHERE k.board_id = mine.board_id AND k.deleted_at IS NULL OFFSET 0) k
    CROSS JOIN LATERAL (SELECT t.board_id, t.card_id, t.texts, t.labels FROM card_texts t WHERE t.card_id = k.id AND t.board_id = mine.board_id OFFSET 0) t
    WHERE t.texts @@ (SELECT to_tsquery('simple', @anywhere::text)) AND t.labels @> @labels::text[] AND NOT t.labels && @not_labels::text[]
    OFFSET 0
) hits
WHERE hits.tier > @tier::int OR (hits.tier = @tier::int AND hits.card_id < @before::uuid)
ORDER BY hits.tier, hits.card_id DESC
LIMIT @max_rows::int;

-- name: SearchSideSize :one
-- How many cards are on a side of some boards, counted up to a bound.
SELECT count(*)::int
FROM (
    SELECT k.id FROM cards_on_side(@side::text, @boards::uuid[], @people::uuid[], @due_from::date, @due_to::date, @columns::text[], @not_columns::text[]) k
    LIMIT @most::int
) side;

-- name: SearchSide :many
-- What fits among the cards of a side, found by reading the texts of all of those, which must not be many.
SELECT hits.board_id, hits.card_id, hits.tier
FROM (
    SELECT t.board_id, t.card_id,
           CASE WHEN t.texts @@ (SELECT to_tsquery('simple', @whole::text)) THEN 1
                WHEN t.texts @@ (SELECT to_tsquery('simple', @titled::text)) THEN 2 ELSE @otherwise::int END::int AS tier
    FROM (
        SELECT k.board_id, k.id
        FROM cards_on_side(@side::text, @boards::uuid[], @people::uuid[], @due_from::date, @due_to::date, @columns::text[], @not_columns::text[]) k OFFSET 0
    ) side
    CROSS JOIN LATERAL (SELECT t.board_id, t.card_id, t.texts, t.labels FROM card_texts t WHERE t.card_id = side.id AND t.board_id = side.board_id OFFSET 0) t
    WHERE t.texts @@ (SELECT to_tsquery('simple', @anywhere::text)) AND t.labels @> @labels::text[] AND NOT t.labels && @not_labels::text[]
    OFFSET 0
) hits
WHERE hits.tier > @tier::int OR (hits.tier = @tier::int AND hits.card_id < @before::uuid)
ORDER BY hits.tier, hits.card_id DESC
LIMIT @max_rows::int;

-- name: SearchSigns :many
-- What has signs that are no words, found by reading the cards of some boards; @anywhere is what they must not have, or ''.
SELECT hits.board_id, hits.card_id, hits.tier
FROM (
    SELECT k.board_id, k.id AS card_id,
           CASE WHEN small_letters(k.title) LIKE ALL (ARRAY(SELECT small_letters(w) FROM unnest(@signs::text[]) w)) THEN 1 ELSE 3 END::int AS tier
    FROM cards k
    WHERE k.board_id = ANY (@boards::uuid[]) AND k.deleted_at IS NULL
      AND k.small LIKE ALL (ARRAY(SELECT small_letters(w) FROM unnest(@signs::text[]) w))
      AND (SELECT t.labels @> @labels::text[] AND NOT t.labels && @not_labels::text[] AND (@anywhere::text = '' OR t.texts @@ to_tsquery('simple', @anywhere::text))
           FROM card_texts t WHERE t.card_id = k.id AND t.board_id = k.board_id)
    OFFSET 0
) hits
WHERE hits.tier > @tier::int OR (hits.tier = @tier::int AND hits.card_id < @before::uuid)
ORDER BY hits.tier, hits.card_id DESC
LIMIT @max_rows::int;

-- name: SearchRead :many
-- The first of some cards, in the order given, that the rest of the line lets pass, where the person may see them. OFFSET 0:
-- whatever the planner takes there to be, each is looked up by its id, and not by way of its column.
SELECT given.tier::int AS tier, hit.board_id, hit.board_title, hit.id, hit.number, hit.column_id, hit.column_title, hit.column_kind, hit.title, hit.description, hit.due_on, hit.archived
FROM (SELECT unnest(@board_ids::uuid[]) AS board_id, unnest(@card_ids::uuid[]) AS card_id, unnest(@tiers::int[]) AS tier,
             generate_series(1, cardinality(@card_ids::uuid[])) AS place) given
CROSS JOIN LATERAL (
    SELECT k.board_id, b.title AS board_title, k.id, k.number, k.column_id, c.title AS column_title, c.kind AS column_kind, k.title, left(k.description, 10000)::text AS description, k.due_on,
           (k.archived_at IS NOT NULL OR c.archived_at IS NOT NULL OR s.archived_at IS NOT NULL)::bool AS archived
    FROM (
        SELECT k.board_id, k.id, k.number, k.column_id, k.title, k.description, k.small, k.due_on, k.archived_at
        FROM cards k WHERE k.board_id = given.board_id AND k.id = given.card_id AND k.deleted_at IS NULL OFFSET 0
    ) k
    JOIN columns c ON c.board_id = k.board_id AND c.id = k.column_id AND c.deleted_at IS NULL
    JOIN boards b ON b.id = k.board_id
    JOIN board_seq s ON s.board_id = k.board_id AND s.deleted_at IS NULL
    JOIN members m ON m.board_id = k.board_id AND m.person_id = @person_id
    WHERE (k.archived_at IS NOT NULL OR c.archived_at IS NOT NULL OR s.archived_at IS NOT NULL) = @archived::bool
      AND (cardinality(@signs::text[]) = 0 OR k.small LIKE ALL (ARRAY(SELECT small_letters(w) FROM unnest(@signs::text[]) w)))
      AND (cardinality(@not_signs::text[]) = 0
           OR k.small NOT LIKE ALL (ARRAY(SELECT small_letters(w) FROM unnest(@not_signs::text[]) w)))
      AND lower(c.title) = ALL (ARRAY(SELECT lower(w) FROM unnest(@columns::text[]) w))
      AND lower(c.title) <> ALL (ARRAY(SELECT lower(w) FROM unnest(@not_columns::text[]) w))
      AND (cardinality(@dues::text[]) = 0
           OR CASE WHEN k.due_on IS NULL THEN 'never' WHEN k.due_on < @today::date THEN 'before' WHEN k.due_on = @today::date THEN 'today'
                   WHEN k.due_on <= @week_end::date THEN 'in a week' ELSE 'later' END = ANY (@dues::text[]))
      AND (cardinality(@people::uuid[]) = 0
           OR (SELECT count(DISTINCT t.term) FROM card_assignees a
               JOIN (SELECT unnest(@people::uuid[]) AS person_id, unnest(@people_terms::int[]) AS term) t ON t.person_id = a.person_id
               WHERE a.board_id = k.board_id AND a.card_id = k.id) = (SELECT count(DISTINCT n) FROM unnest(@people_terms::int[]) n))
      AND (cardinality(@not_people::uuid[]) = 0
           OR NOT EXISTS (SELECT FROM card_assignees a WHERE a.board_id = k.board_id AND a.card_id = k.id AND a.person_id = ANY (@not_people::uuid[])))
    OFFSET 0
) hit
ORDER BY given.place
LIMIT @max_rows::int;

-- name: SearchPlannedOnce :exec
-- The statements from here to the end of the transaction have one plan each, whatever values come: what is read of a page of hits
-- takes three times as long to plan as to read, and each time the planner finds that it would be worth it.
SELECT set_config('plan_cache_mode', 'force_generic_plan', true);

-- name: SearchKnown :many
-- Those of some words that any card ever had. LIMIT 1: each is looked up, rather than all that there are.
SELECT near.word::text AS word FROM (SELECT unnest(@words::text[]) AS word) near
WHERE (SELECT true FROM known_words k WHERE k.mark = hashtextextended(near.word COLLATE "C", 0) LIMIT 1);

-- name: SearchLabels :many
-- The labels that some cards of any boards carry, by name. OFFSET 0: each card and each label is looked up by its id.
SELECT on_card.card_id, l.board_id, l.id, l.name, l.hue, l.version, l.created_by
FROM (SELECT unnest(@board_ids::uuid[]) AS board_id, unnest(@card_ids::uuid[]) AS card_id) given
CROSS JOIN LATERAL (
    SELECT cl.card_id, cl.label_id FROM card_labels cl WHERE cl.board_id = given.board_id AND cl.card_id = given.card_id OFFSET 0
) on_card
CROSS JOIN LATERAL (SELECT l.* FROM labels l WHERE l.board_id = given.board_id AND l.id = on_card.label_id OFFSET 0) l
ORDER BY l.name_key;

-- name: SearchPeople :many
-- Whom a search may name: all who are on boards with a person.
SELECT p.id, p.name
FROM people p
WHERE p.id IN (SELECT o.person_id FROM members o WHERE o.board_id = ANY (@boards::uuid[]));
