-- +goose Up
-- Whom an activity was done to: who came, went or got another role, and who is to do a card.
ALTER TABLE activity ADD COLUMN person_id uuid REFERENCES people;

-- Who is to do a card. Whoever leaves the board leaves its cards too.
CREATE TABLE card_assignees (
    board_id    uuid NOT NULL,
    card_id     uuid NOT NULL,
    person_id   uuid NOT NULL,
    assigned_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (board_id, card_id, person_id),
    FOREIGN KEY (board_id, card_id) REFERENCES cards (board_id, id) ON DELETE CASCADE,
    FOREIGN KEY (board_id, person_id) REFERENCES members (board_id, person_id) ON DELETE CASCADE
);
CREATE INDEX card_assignees_by_person ON card_assignees (board_id, person_id);

-- Who has been asked to come to a board. Of the secret in the mailed link there is the hash alone, and none before a mail went out.
CREATE TABLE invitations (
    board_id     uuid NOT NULL REFERENCES boards ON DELETE CASCADE,
    id           uuid NOT NULL,
    email        text NOT NULL,
    email_key    text COLLATE "C" NOT NULL, -- as e-mails are compared
    role         text NOT NULL CHECK (role IN ('owner', 'editor', 'viewer')),
    secret_hash  bytea,
    invited_by   uuid NOT NULL REFERENCES people,
    invited_at   timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL,
    accepted_at  timestamptz,
    accepted_by  uuid REFERENCES people,
    declined_at  timestamptz,
    declined_by  uuid REFERENCES people,
    withdrawn_at timestamptz,
    withdrawn_by uuid REFERENCES people,
    PRIMARY KEY (board_id, id),
    CHECK ((accepted_at IS NULL) = (accepted_by IS NULL)),
    CHECK ((declined_at IS NULL) = (declined_by IS NULL)),
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL)),
    CHECK (num_nonnulls(accepted_at, declined_at, withdrawn_at) <= 1)
);
CREATE UNIQUE INDEX invitations_secret ON invitations (secret_hash);
CREATE UNIQUE INDEX invitations_id ON invitations (id);
CREATE UNIQUE INDEX invitations_pending ON invitations (email_key, board_id)
    WHERE accepted_at IS NULL AND declined_at IS NULL AND withdrawn_at IS NULL;

-- What somebody is on a board at this very moment. A statement that has waited for a lock sees of all rows but the locked one what they
-- were before; what a volatile function asks sees what has been committed since.
-- +goose StatementBegin
CREATE FUNCTION member_role(of_board uuid, of_person uuid) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    RETURN (SELECT m.role FROM members m WHERE m.board_id = of_board AND m.person_id = of_person);
END
$$;
-- +goose StatementEnd

-- What matches a filter that may name people too. Each term names those who are called so, and a card must have one of each;
-- of those in not_people none.
-- +goose StatementBegin
CREATE FUNCTION cards_matching(
    of_board uuid, words text[], not_words text[], dues text[], today date, week_end date, label_ids uuid[], not_label_ids uuid[],
    people uuid[], people_terms int[], not_people uuid[]
) RETURNS SETOF cards LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT k.*
    FROM cards_matching(of_board, words, not_words, dues, today, week_end, label_ids, not_label_ids) k
    WHERE (cardinality(people) = 0
           OR k.id IN (SELECT a.card_id
                       FROM card_assignees a
                       JOIN (SELECT unnest(people) AS person_id, unnest(people_terms) AS term) t ON t.person_id = a.person_id
                       WHERE a.board_id = of_board AND a.person_id = ANY (people)
                       GROUP BY a.card_id HAVING count(DISTINCT t.term) = (SELECT count(DISTINCT n) FROM unnest(people_terms) n)))
      AND (cardinality(not_people) = 0
           OR k.id NOT IN (SELECT a.card_id FROM card_assignees a WHERE a.board_id = of_board AND a.person_id = ANY (not_people)))
$$;
-- +goose StatementEnd

-- +goose Down
DROP FUNCTION cards_matching(uuid, text[], text[], text[], date, date, uuid[], uuid[], uuid[], int[], uuid[]);
DROP FUNCTION member_role(uuid, uuid);
DROP TABLE invitations;
DROP TABLE card_assignees;
ALTER TABLE activity DROP COLUMN person_id;
