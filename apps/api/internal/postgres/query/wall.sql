-- name: WallWeight :one
-- How many bytes of text a filter of a board looks through.
SELECT coalesce(sum(octet_length(k.small)), 0)::bigint FROM cards k WHERE k.board_id = @board_id AND k.deleted_at IS NULL;

-- name: WallCards :many
-- All cards of a board's columns that aren't in the trash, in the order in which CardListMatching and its like list them.
SELECT k.id, k.number, k.column_id, k.title, k.version, (k.description <> '')::bool AS has_description, k.due_on, k.rank, k.small, (k.archived_at IS NOT NULL)::bool AS archived
FROM cards k
JOIN columns c ON c.board_id = k.board_id AND c.id = k.column_id AND c.archived_at IS NULL
WHERE k.board_id = @board_id AND k.deleted_at IS NULL
ORDER BY c.rank, c.id, k.rank, k.id;

-- name: WallLabels :many
-- Which labels the cards of a board carry, by the labels' names.
SELECT cl.card_id, cl.label_id
FROM card_labels cl
JOIN labels l ON l.board_id = cl.board_id AND l.id = cl.label_id
WHERE cl.board_id = @board_id
ORDER BY l.name_key;

-- name: WallAssignees :many
-- Who is to do the cards of a board.
SELECT card_id, person_id FROM card_assignees WHERE board_id = @board_id ORDER BY person_id;

-- name: WallSmall :one
-- Words as the cards' texts are kept.
SELECT ARRAY(SELECT small_letters(w) FROM unnest(@words::text[]) WITH ORDINALITY AS given (w, n) ORDER BY n)::text[];
