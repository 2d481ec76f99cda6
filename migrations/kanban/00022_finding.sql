-- +goose Up
-- Words in small letters, as the filter compares them. Capitals of ASCII by the collation that every database has: a Turkish
-- one makes another letter of I.
-- +goose StatementBegin
CREATE FUNCTION small_letters(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT lower(lower(words COLLATE "C") COLLATE "default")
$$;
-- +goose StatementEnd

-- What a filter looks through stands in the card's own row: to make it anew of each card took half of a filter's time, and a
-- table beside would take a look-up for each.
ALTER TABLE cards ADD COLUMN small text NOT NULL GENERATED ALWAYS AS (small_letters(title || chr(10) || description)) STORED;

-- What of a board's cards matches a filter, said once for those who list and those who count. The planner puts it into the
-- statement in its place, as it would a view; so of_board has to be a parameter of that, or labels are looked up card by card.
-- +goose StatementBegin
CREATE FUNCTION cards_matching(
    of_board uuid, words text[], not_words text[], dues text[], today date, week_end date, label_ids uuid[], not_label_ids uuid[]
) RETURNS SETOF cards LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT k.*
    FROM cards k
    WHERE k.board_id = of_board AND k.deleted_at IS NULL
      AND (cardinality(words) = 0 OR k.small LIKE ALL (ARRAY(SELECT small_letters(w) FROM unnest(words) w)))
      AND (cardinality(not_words) = 0 OR k.small NOT LIKE ALL (ARRAY(SELECT small_letters(w) FROM unnest(not_words) w)))
      AND (cardinality(dues) = 0
           OR CASE WHEN k.due_on IS NULL THEN 'never' WHEN k.due_on < today THEN 'before' WHEN k.due_on = today THEN 'today'
                   WHEN k.due_on <= week_end THEN 'in a week' ELSE 'later' END = ANY (dues))
      AND (cardinality(label_ids) = 0
           OR k.id IN (SELECT l.card_id FROM card_labels l WHERE l.board_id = of_board AND l.label_id = ANY (label_ids)
                       GROUP BY l.card_id HAVING count(*) = cardinality(label_ids)))
      AND (cardinality(not_label_ids) = 0
           OR k.id NOT IN (SELECT l.card_id FROM card_labels l WHERE l.board_id = of_board AND l.label_id = ANY (not_label_ids)))
$$;
-- +goose StatementEnd

-- The labels that a card carries, by their names' keys, stand beside its words and in the same index: cards that have a
-- frequent word and a label are then as many rows to read as there are, instead of a look-up for each that has the word. So
-- to label a card writes its words to the index anew, as an edit does.
ALTER TABLE card_texts ADD COLUMN labels text[] NOT NULL DEFAULT '{}';

UPDATE card_texts t SET labels = carried.labels
FROM (SELECT o.board_id, o.card_id, array_agg(l.name_key) AS labels
      FROM card_labels o JOIN labels l ON l.board_id = o.board_id AND l.id = o.label_id GROUP BY o.board_id, o.card_id) carried
WHERE t.card_id = carried.card_id AND t.board_id = carried.board_id;

CREATE INDEX card_texts_found ON card_texts USING gin (texts, labels) WITH (fastupdate = on, gin_pending_list_limit = 256);
DROP INDEX card_texts_words;

-- The cards are looked up by their ids: joined with what changed, of which the planner knows nothing, all texts would be read.
-- +goose StatementBegin
CREATE FUNCTION keep_card_text_labels() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE card_texts t
    SET labels = ARRAY(SELECT l.name_key FROM card_labels o JOIN labels l ON l.board_id = o.board_id AND l.id = o.label_id
                       WHERE o.board_id = t.board_id AND o.card_id = t.card_id)
    WHERE t.card_id = ANY (ARRAY(SELECT c.card_id FROM changed c)) AND t.board_id = ANY (ARRAY(SELECT DISTINCT c.board_id FROM changed c));
    RETURN NULL;
END
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION rename_card_text_labels() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE card_texts t SET labels = array_replace(t.labels, OLD.name_key, NEW.name_key)
    WHERE t.card_id = ANY (ARRAY(SELECT o.card_id FROM card_labels o WHERE o.board_id = NEW.board_id AND o.label_id = NEW.id))
      AND t.board_id = NEW.board_id;
    RETURN NULL;
END
$$;
-- +goose StatementEnd

CREATE TRIGGER card_labels_made AFTER INSERT ON card_labels REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION keep_card_text_labels();
CREATE TRIGGER card_labels_gone AFTER DELETE ON card_labels REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION keep_card_text_labels();
CREATE TRIGGER labels_renamed AFTER UPDATE OF name_key ON labels FOR EACH ROW
    WHEN (OLD.name_key <> NEW.name_key) EXECUTE FUNCTION rename_card_text_labels();

-- +goose Down
DROP TRIGGER labels_renamed ON labels;
DROP TRIGGER card_labels_gone ON card_labels;
DROP TRIGGER card_labels_made ON card_labels;
DROP FUNCTION rename_card_text_labels();
DROP FUNCTION keep_card_text_labels();
CREATE INDEX card_texts_words ON card_texts USING gin (texts) WITH (fastupdate = on, gin_pending_list_limit = 256);
DROP INDEX card_texts_found;
ALTER TABLE card_texts DROP COLUMN labels;
DROP FUNCTION cards_matching(uuid, text[], text[], text[], date, date, uuid[], uuid[]);
ALTER TABLE cards DROP COLUMN small;
DROP FUNCTION small_letters(text);
