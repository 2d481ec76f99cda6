-- name: LabelListByBoard :many
-- A board's labels by name, each with those of the given cards that carry it. However many labels and cards the planner
-- takes there to be, each card is looked up (OFFSET 0: by label it would read all the cards of the board that carry
-- one) and looked up once (MATERIALIZED: else it may do so again for each label).
WITH carried AS MATERIALIZED (
    SELECT on_card.label_id, array_agg(given.card_id) AS card_ids
    FROM (SELECT unnest(@card_ids::uuid[]) AS card_id) given
    CROSS JOIN LATERAL (
        SELECT cl.label_id FROM card_labels cl WHERE cl.board_id = @board_id AND cl.card_id = given.card_id OFFSET 0
    ) on_card
    GROUP BY on_card.label_id
)
SELECT l.board_id, l.id, l.name, l.hue, l.version, l.created_by, coalesce(carried.card_ids, '{}')::uuid[] AS card_ids
FROM labels l
LEFT JOIN carried ON carried.label_id = l.id
WHERE l.board_id = @board_id
ORDER BY l.name_key;

-- name: LabelCountByBoard :many
-- A board's labels by name, each with how many cards carry it that aren't in the trash.
SELECT l.board_id, l.id, l.name, l.hue, l.version, l.created_by, count(c.id)::int AS card_count
FROM labels l
LEFT JOIN card_labels cl ON cl.board_id = l.board_id AND cl.label_id = l.id
LEFT JOIN (cards c JOIN columns home ON home.board_id = c.board_id AND home.id = c.column_id AND home.deleted_at IS NULL)
    ON c.board_id = cl.board_id AND c.id = cl.card_id AND c.deleted_at IS NULL
WHERE l.board_id = @board_id
GROUP BY l.board_id, l.id
ORDER BY l.name_key;

-- name: LabelCreate :exec
INSERT INTO labels (board_id, id, name, name_key, hue, version, created_by)
VALUES (@board_id, @id, @name, @name_key, @hue, @version, @created_by);

-- name: LabelUpdate :exec
UPDATE labels SET name = @name, name_key = @name_key, hue = @hue, version = version + 1, updated_at = now()
WHERE board_id = @board_id AND id = @id;

-- name: LabelDelete :exec
DELETE FROM labels WHERE board_id = @board_id AND id = @id;

-- name: LabelCardIDs :one
SELECT ARRAY(SELECT card_id FROM card_labels WHERE board_id = @board_id AND label_id = @label_id ORDER BY card_id)::uuid[];

-- name: CardLabelCreate :exec
INSERT INTO card_labels (board_id, card_id, label_id)
SELECT @board_id, unnest(@card_ids::uuid[]), @label_id
ON CONFLICT DO NOTHING;

-- name: CardLabelDelete :exec
DELETE FROM card_labels WHERE board_id = @board_id AND card_id = ANY (@card_ids::uuid[]) AND label_id = @label_id;
