-- name: CardVersionList :many
-- The edits that made a card's versions, newest first, from one of them on. What made the card is its first version, and each
-- edit one more. As many as weigh less than what is allowed together, and always the first.
SELECT e.seq, e.at, e.actor_id, e.actor_name, e.actor_left, e.undid, e.redo, e.was, e.became
FROM (
    SELECT a.seq, a.at, a.actor_id, p.name AS actor_name, (p.left_at IS NOT NULL)::bool AS actor_left, a.undid, a.redo, a.was, a.became,
           sum(octet_length(a.was::text) + octet_length(a.became::text)) OVER newest AS weight, row_number() OVER newest AS place
    FROM (
        SELECT s.seq FROM activity s
        WHERE s.board_id = @board_id AND s.card_id = @card_id AND s.verb IN ('card_created', 'card_edited')
        ORDER BY s.seq DESC
        OFFSET @newer::int LIMIT @max_rows::int
    ) v
    JOIN activity a ON a.board_id = @board_id AND a.seq = v.seq
    JOIN people p ON p.id = a.actor_id
    WINDOW newest AS (ORDER BY a.seq DESC)
) e
WHERE e.weight <= @max_bytes::int OR e.place = 1
ORDER BY e.seq DESC;

-- name: CardVersionGet :one
-- One version with the whole texts, each as the last edit up to it that spoke of it left it.
SELECT a.seq, a.at, a.actor_id, p.name AS actor_name, (p.left_at IS NOT NULL)::bool AS actor_left, a.undid, a.redo,
       coalesce((SELECT t.became ->> 'title' FROM activity t
                 WHERE t.board_id = @board_id AND t.card_id = @card_id AND t.verb IN ('card_created', 'card_edited') AND t.seq <= a.seq AND t.became ? 'title'
                 ORDER BY t.seq DESC LIMIT 1), '')::text AS title,
       coalesce((SELECT t.became ->> 'description' FROM activity t
                 WHERE t.board_id = @board_id AND t.card_id = @card_id AND t.verb IN ('card_created', 'card_edited') AND t.seq <= a.seq AND t.became ? 'description'
                 ORDER BY t.seq DESC LIMIT 1), '')::text AS description,
       coalesce((SELECT t.became ->> 'due_on' FROM activity t
                 WHERE t.board_id = @board_id AND t.card_id = @card_id AND t.verb IN ('card_created', 'card_edited') AND t.seq <= a.seq AND t.became ? 'due_on'
                 ORDER BY t.seq DESC LIMIT 1), '')::text AS due_on
FROM (
    SELECT s.seq FROM activity s
    WHERE s.board_id = @board_id AND s.card_id = @card_id AND s.verb IN ('card_created', 'card_edited')
    ORDER BY s.seq DESC
    OFFSET @newer::int LIMIT 1
) v
JOIN activity a ON a.board_id = @board_id AND a.seq = v.seq
JOIN people p ON p.id = a.actor_id;
