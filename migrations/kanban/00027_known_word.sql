-- +goose Up
-- The words that any card ever had, as hashes of 64 bits: all that is asked of them is whether there is one, and so nothing needs
-- to be taken out when texts go. Some 500 words are one letter away from a mistyped one, and the text index takes 5 to 60 ms to
-- tell which of them there are, the longer the list of what waits to get into it; a look here takes a microsecond a word.
CREATE TABLE known_words (mark bigint NOT NULL);

-- Not unique: who writes a new word would wait for all others who do. Twice the same does no harm.
CREATE INDEX known_words_mark ON known_words (mark);

-- +goose StatementBegin
CREATE FUNCTION know_words(texts tsvector) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT SET enable_seqscan = off AS $$
BEGIN
    INSERT INTO known_words (mark)
    SELECT hashtextextended(w COLLATE "C", 0) FROM unnest(tsvector_to_array(texts)) w
    WHERE NOT EXISTS (SELECT FROM known_words k WHERE k.mark = hashtextextended(w COLLATE "C", 0));
END
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION make_card_texts() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    words tsvector := card_words(NEW.title, NEW.description);
BEGIN
    INSERT INTO card_texts (board_id, card_id, texts) VALUES (NEW.board_id, NEW.id, words);
    PERFORM know_words(words);
    RETURN NULL;
END
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION keep_card_texts() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    words tsvector := card_words(NEW.title, NEW.description);
BEGIN
    INSERT INTO card_texts (board_id, card_id, texts) VALUES (NEW.board_id, NEW.id, words)
    ON CONFLICT (card_id, board_id) DO UPDATE SET texts = excluded.texts;
    PERFORM know_words(words);
    RETURN NULL;
END
$$;
-- +goose StatementEnd

-- Whoever is writing with the triggers of before is done when this is: the next file finds what they wrote.
LOCK TABLE cards IN SHARE ROW EXCLUSIVE MODE;

-- +goose Down
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION make_card_texts() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO card_texts (board_id, card_id, texts) VALUES (NEW.board_id, NEW.id, card_words(NEW.title, NEW.description));
    RETURN NULL;
END
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION keep_card_texts() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO card_texts (board_id, card_id, texts) VALUES (NEW.board_id, NEW.id, card_words(NEW.title, NEW.description))
    ON CONFLICT (card_id, board_id) DO UPDATE SET texts = excluded.texts;
    RETURN NULL;
END
$$;
-- +goose StatementEnd

DROP FUNCTION know_words(tsvector);
DROP TABLE known_words;
