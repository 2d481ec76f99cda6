-- +goose Up
-- The words of the texts that are there: apart from the triggers, so that nobody who writes waits for it. A word that is written meanwhile may be
-- there twice, which does no harm.
INSERT INTO known_words (mark) SELECT hashtextextended(word COLLATE "C", 0) FROM ts_stat('SELECT texts FROM card_texts');

-- +goose Down
DELETE FROM known_words;
