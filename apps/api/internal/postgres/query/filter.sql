-- name: CardListMatching :many
-- What matches is said three times over, word for word: the cards on the wall come in the order of their index and stop at
-- the limit, those in the archive have no such order, and a count reads all of them. In words of ASCII alone letters are
-- told from capitals twice as fast under COLLATE "C", which leaves all other letters as they are.
SELECT top.id, top.number, top.column_id, top.title, top.version, top.has_description, top.due_on
FROM columns c
CROSS JOIN LATERAL (
    SELECT k.id, k.number, k.column_id, k.title, k.version, k.rank, (k.description <> '')::bool AS has_description, k.due_on
    FROM cards k
    WHERE k.board_id = c.board_id AND k.column_id = c.id AND k.archived_at IS NULL AND k.deleted_at IS NULL
      AND k.rank >= @after_rank AND k.id <> @after
      AND (cardinality(@words::text[]) = 0 OR lower((k.title || chr(10) || k.description) COLLATE "C") LIKE ALL (@words::text[]))
      AND (cardinality(@not_words::text[]) = 0 OR lower((k.title || chr(10) || k.description) COLLATE "C") NOT LIKE ALL (@not_words::text[]))
      AND (cardinality(@wide_words::text[]) = 0
           OR lower(k.title || chr(10) || k.description) LIKE ALL (ARRAY(SELECT lower(w) FROM unnest(@wide_words::text[]) w)))
      AND (cardinality(@not_wide_words::text[]) = 0
           OR lower(k.title || chr(10) || k.description) NOT LIKE ALL (ARRAY(SELECT lower(w) FROM unnest(@not_wide_words::text[]) w)))
      AND (cardinality(@dues::text[]) = 0
           OR CASE WHEN k.due_on IS NULL THEN 'never' WHEN k.due_on < @today::date THEN 'before' WHEN k.due_on = @today::date THEN 'today'
                   WHEN k.due_on <= @week_end::date THEN 'in a week' ELSE 'later' END = ANY (@dues::text[]))
      AND (cardinality(@labels::uuid[]) = 0
           OR k.id IN (SELECT l.card_id FROM card_labels l WHERE l.board_id = @board_id AND l.label_id = ANY (@labels::uuid[])
                       GROUP BY l.card_id HAVING count(*) = cardinality(@labels::uuid[])))
      AND (cardinality(@not_labels::uuid[]) = 0
           OR k.id NOT IN (SELECT l.card_id FROM card_labels l WHERE l.board_id = @board_id AND l.label_id = ANY (@not_labels::uuid[])))
    ORDER BY k.rank
    LIMIT @max_rows::int
) top
WHERE c.board_id = @board_id AND c.id = ANY (@columns::uuid[])
ORDER BY c.rank, c.id, top.rank;

-- name: CardListMatchingArchived :many
-- Archived cards may share a rank.
SELECT top.id, top.number, top.column_id, top.title, top.version, top.has_description, top.due_on
FROM columns c
CROSS JOIN LATERAL (
    SELECT k.id, k.number, k.column_id, k.title, k.version, k.rank, (k.description <> '')::bool AS has_description, k.due_on
    FROM cards k
    WHERE k.board_id = c.board_id AND k.column_id = c.id AND k.archived_at IS NOT NULL AND k.deleted_at IS NULL
      AND (k.rank, k.id) > (@after_rank::text, @after::uuid)
      AND (cardinality(@words::text[]) = 0 OR lower((k.title || chr(10) || k.description) COLLATE "C") LIKE ALL (@words::text[]))
      AND (cardinality(@not_words::text[]) = 0 OR lower((k.title || chr(10) || k.description) COLLATE "C") NOT LIKE ALL (@not_words::text[]))
      AND (cardinality(@wide_words::text[]) = 0
           OR lower(k.title || chr(10) || k.description) LIKE ALL (ARRAY(SELECT lower(w) FROM unnest(@wide_words::text[]) w)))
      AND (cardinality(@not_wide_words::text[]) = 0
           OR lower(k.title || chr(10) || k.description) NOT LIKE ALL (ARRAY(SELECT lower(w) FROM unnest(@not_wide_words::text[]) w)))
      AND (cardinality(@dues::text[]) = 0
           OR CASE WHEN k.due_on IS NULL THEN 'never' WHEN k.due_on < @today::date THEN 'before' WHEN k.due_on = @today::date THEN 'today'
                   WHEN k.due_on <= @week_end::date THEN 'in a week' ELSE 'later' END = ANY (@dues::text[]))
      AND (cardinality(@labels::uuid[]) = 0
           OR k.id IN (SELECT l.card_id FROM card_labels l WHERE l.board_id = @board_id AND l.label_id = ANY (@labels::uuid[])
                       GROUP BY l.card_id HAVING count(*) = cardinality(@labels::uuid[])))
      AND (cardinality(@not_labels::uuid[]) = 0
           OR k.id NOT IN (SELECT l.card_id FROM card_labels l WHERE l.board_id = @board_id AND l.label_id = ANY (@not_labels::uuid[])))
    ORDER BY k.rank, k.id
    LIMIT @max_rows::int
) top
WHERE c.board_id = @board_id AND c.id = ANY (@columns::uuid[])
ORDER BY c.rank, c.id, top.rank, top.id;

-- name: CardCountMatching :many
SELECT k.column_id, count(*)::int AS matches
FROM cards k
WHERE k.board_id = @board_id AND k.column_id = ANY (@columns::uuid[]) AND (k.archived_at IS NOT NULL) = @archived::bool AND k.deleted_at IS NULL
  AND (cardinality(@words::text[]) = 0 OR lower((k.title || chr(10) || k.description) COLLATE "C") LIKE ALL (@words::text[]))
  AND (cardinality(@not_words::text[]) = 0 OR lower((k.title || chr(10) || k.description) COLLATE "C") NOT LIKE ALL (@not_words::text[]))
  AND (cardinality(@wide_words::text[]) = 0
       OR lower(k.title || chr(10) || k.description) LIKE ALL (ARRAY(SELECT lower(w) FROM unnest(@wide_words::text[]) w)))
  AND (cardinality(@not_wide_words::text[]) = 0
       OR lower(k.title || chr(10) || k.description) NOT LIKE ALL (ARRAY(SELECT lower(w) FROM unnest(@not_wide_words::text[]) w)))
  AND (cardinality(@dues::text[]) = 0
       OR CASE WHEN k.due_on IS NULL THEN 'never' WHEN k.due_on < @today::date THEN 'before' WHEN k.due_on = @today::date THEN 'today'
               WHEN k.due_on <= @week_end::date THEN 'in a week' ELSE 'later' END = ANY (@dues::text[]))
  AND (cardinality(@labels::uuid[]) = 0
       OR k.id IN (SELECT l.card_id FROM card_labels l WHERE l.board_id = @board_id AND l.label_id = ANY (@labels::uuid[])
                   GROUP BY l.card_id HAVING count(*) = cardinality(@labels::uuid[])))
  AND (cardinality(@not_labels::uuid[]) = 0
       OR k.id NOT IN (SELECT l.card_id FROM card_labels l WHERE l.board_id = @board_id AND l.label_id = ANY (@not_labels::uuid[])))
GROUP BY k.column_id;
