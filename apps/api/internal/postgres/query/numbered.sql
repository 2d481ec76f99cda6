-- name: NumberedList :many
-- OFFSET 0: whatever the planner takes there to be, the card is looked up on each board by its number.
SELECT k.board_id, b.title AS board_title, k.id, k.number, k.title
FROM members m
JOIN board_seq s ON s.board_id = m.board_id AND s.deleted_at IS NULL AND s.archived_at IS NULL
JOIN boards b ON b.id = m.board_id
CROSS JOIN LATERAL (
    SELECT cards.board_id, cards.id, cards.number, cards.title, cards.column_id FROM cards
    WHERE cards.board_id = m.board_id AND cards.number = @number AND cards.deleted_at IS NULL OFFSET 0
) k
JOIN columns c ON c.board_id = k.board_id AND c.id = k.column_id AND c.deleted_at IS NULL
WHERE m.person_id = @person_id
ORDER BY m.opened_at DESC NULLS LAST, m.board_id
LIMIT @max_rows::int;
