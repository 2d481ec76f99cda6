-- +goose Up
-- The words of every card, titles weighed A and descriptions B, as the text index wants them. They stand in a table of their
-- own because an update of a row writes to each index of its table: on cards, every move would write to this one too.
-- Newest cards come last, since their ids begin with the time: whoever looks for a frequent word reads from that end.
CREATE TABLE card_texts (
    board_id uuid NOT NULL,
    card_id  uuid NOT NULL,
    texts    tsvector NOT NULL,
    PRIMARY KEY (card_id, board_id),
    FOREIGN KEY (board_id, card_id) REFERENCES cards (board_id, id) ON DELETE CASCADE
);

-- Punctuation parts words: Postgres would take and/or for a file, and v1.2 for a host.
-- +goose StatementBegin
CREATE FUNCTION card_words(title text, description text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT setweight(to_tsvector('simple', translate(title, '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', repeat(' ', 32))), 'A')
        || setweight(to_tsvector('simple', translate(description, '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', repeat(' ', 32))), 'B')
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION keep_card_texts() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO card_texts (board_id, card_id, texts) VALUES (NEW.board_id, NEW.id, card_words(NEW.title, NEW.description))
    ON CONFLICT (card_id, board_id) DO UPDATE SET texts = excluded.texts;
    RETURN NULL;
END
$$;
-- +goose StatementEnd

INSERT INTO card_texts (board_id, card_id, texts)
SELECT board_id, id, card_words(title, description) FROM cards ORDER BY id;

-- What is new waits in a list, which every search reads, until it weighs 256 kB: as long as that costs a search half a
-- millisecond at most, a create needn't find each of its words in the index.
CREATE INDEX card_texts_words ON card_texts USING gin (texts) WITH (fastupdate = on, gin_pending_list_limit = 256);

CREATE TRIGGER card_texts_made AFTER INSERT ON cards FOR EACH ROW EXECUTE FUNCTION keep_card_texts();
CREATE TRIGGER card_texts_edited AFTER UPDATE OF title, description ON cards FOR EACH ROW
    WHEN (OLD.title <> NEW.title OR OLD.description <> NEW.description) EXECUTE FUNCTION keep_card_texts();

-- +goose Down
DROP TRIGGER card_texts_edited ON cards;
DROP TRIGGER card_texts_made ON cards;
DROP TABLE card_texts;
DROP FUNCTION keep_card_texts();
DROP FUNCTION card_words(text, text);
