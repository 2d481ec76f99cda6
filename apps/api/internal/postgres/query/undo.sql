-- name: ActivityOwnLast :one
-- The last thing that somebody did on a board in one sign-in, between two seqs, and that can still be taken back; with redo, their
-- last undo in the same way, unless they did something new after it. What was done to a card or a column that is gone for good
-- can't. Beside it, how its card stands, as CardListFormer has it: most often that is to be known next. Each look-up is a
-- scalar or by itself (OFFSET 0), so that no plan reads more than the few last rows.
SELECT a.seq, a.verb, a.card_id, a.column_id, a.person_id, a.batch, a.was, a.became, clock_timestamp()::timestamptz AS now,
       coalesce(k.column_id, '00000000-0000-0000-0000-000000000000')::uuid AS in_column_id, coalesce(k.rank, '')::text AS rank,
       (k.archived_at IS NOT NULL)::bool AS archived, (k.deleted_at IS NOT NULL)::bool AS deleted,
       (c.archived_at IS NOT NULL)::bool AS column_archived, (c.deleted_at IS NOT NULL)::bool AS column_deleted,
       coalesce(a.from_column_id, k.column_id, '00000000-0000-0000-0000-000000000000')::uuid AS to_column_id,
       coalesce(a.from_rank, k.rank, '')::text AS to_rank, (t.id IS NULL)::bool AS to_gone,
       (t.archived_at IS NOT NULL)::bool AS to_archived, (t.deleted_at IS NOT NULL)::bool AS to_deleted,
       ARRAY(SELECT o.rank FROM cards o
             WHERE o.board_id = @board_id AND o.column_id = coalesce(a.from_column_id, k.column_id)
               AND o.rank >= coalesce(a.from_rank, k.rank) COLLATE "C" AND o.id <> k.id AND o.archived_at IS NULL AND o.deleted_at IS NULL
             ORDER BY o.rank LIMIT 2)::text[] AS ranks_from_there
FROM (
    SELECT a.*,
           CASE a.verb WHEN 'card_moved' THEN (a.was ->> 'column_id')::uuid END AS from_column_id,
           CASE a.verb WHEN 'card_moved' THEN a.was ->> 'rank' END AS from_rank
    FROM activity a
    WHERE a.board_id = @board_id AND a.session = @session AND a.actor_id = @actor_id
      AND a.seq BETWEEN @from_seq::bigint AND @to_seq::bigint
      AND CASE WHEN @redo::bool THEN a.undid IS NOT NULL AND NOT a.redo ELSE a.undid IS NULL OR a.redo END
      AND a.seq > CASE WHEN @redo::bool THEN coalesce((
              SELECT n.seq FROM activity n
              WHERE n.board_id = @board_id AND n.session = @session AND n.actor_id = @actor_id AND n.undid IS NULL
              ORDER BY n.seq DESC LIMIT 1), 0) ELSE 0 END
      AND (SELECT u.seq FROM activity u WHERE u.board_id = a.board_id AND u.undid = a.seq) IS NULL
      AND (a.card_id IS NULL OR (SELECT k.number FROM cards k WHERE k.board_id = a.board_id AND k.id = a.card_id) IS NOT NULL)
      AND (a.card_id IS NOT NULL OR a.column_id IS NULL OR (SELECT c.version FROM columns c WHERE c.board_id = a.board_id AND c.id = a.column_id) IS NOT NULL)
    ORDER BY a.seq DESC
    LIMIT 1
) a
LEFT JOIN LATERAL (SELECT * FROM cards WHERE cards.board_id = @board_id AND cards.id = a.card_id OFFSET 0) k ON true
LEFT JOIN LATERAL (SELECT * FROM columns WHERE columns.board_id = @board_id AND columns.id = k.column_id OFFSET 0) c ON true
LEFT JOIN LATERAL (SELECT * FROM columns WHERE columns.board_id = @board_id AND columns.id = coalesce(a.from_column_id, k.column_id) OFFSET 0) t ON true;

-- name: ActivityOwnBatch :many
-- All of a batch that can still be taken back. It was recorded at once: its seqs have no other activity between them.
SELECT a.seq, a.verb, a.card_id, a.column_id, a.person_id, a.batch, a.was, a.became, clock_timestamp()::timestamptz AS now
FROM activity a
WHERE a.board_id = @board_id
  AND a.seq > coalesce((SELECT o.seq FROM activity o
                        WHERE o.board_id = @board_id AND o.seq < @seq::bigint AND o.batch IS DISTINCT FROM @batch
                        ORDER BY o.seq DESC LIMIT 1), 0)
  AND a.seq < coalesce((SELECT o.seq FROM activity o
                        WHERE o.board_id = @board_id AND o.seq > @seq::bigint AND o.batch IS DISTINCT FROM @batch
                        ORDER BY o.seq LIMIT 1), 9223372036854775807)
  AND a.batch = @batch
  AND (SELECT u.seq FROM activity u WHERE u.board_id = a.board_id AND u.undid = a.seq) IS NULL
  AND (a.card_id IS NULL OR (SELECT k.number FROM cards k WHERE k.board_id = a.board_id AND k.id = a.card_id) IS NOT NULL)
  AND (a.card_id IS NOT NULL OR a.column_id IS NULL OR (SELECT c.version FROM columns c WHERE c.board_id = a.board_id AND c.id = a.column_id) IS NOT NULL)
ORDER BY a.seq;

-- name: ActivitySince :many
-- What was done after a seq to some things, and what of them it changed, without the texts. To a column was done what
-- was done to cards in it; of those it is all, since what was taken back may have been taken back elsewhere.
SELECT a.seq, a.actor_id, p.name AS actor_name, (p.left_at IS NOT NULL)::bool AS actor_left, a.verb, a.card_id, a.column_id, a.person_id,
       coalesce((SELECT k.number FROM cards k WHERE k.board_id = a.board_id AND k.id = a.card_id), 0)::int AS card_number,
       coalesce(c.title, '')::text AS column_title,
       coalesce(a.was ->> 'column_id', '00000000-0000-0000-0000-000000000000')::uuid AS from_column_id,
       coalesce(a.became ->> 'label_id', a.was ->> 'label_id', '00000000-0000-0000-0000-000000000000')::uuid AS label_id, a.undid,
       ARRAY(SELECT f.key FROM jsonb_each(a.became) f WHERE a.was -> f.key IS DISTINCT FROM f.value)::text[] AS changed
FROM activity a
JOIN people p ON p.id = a.actor_id
LEFT JOIN columns c ON c.board_id = a.board_id AND c.id = a.column_id
WHERE a.board_id = @board_id AND a.seq > @after
  AND (a.card_id = ANY (@card_ids::uuid[])
       OR a.column_id = ANY (@column_ids::uuid[])
       OR (cardinality(@column_ids::uuid[]) > 0 AND a.card_id IN (
           SELECT b.card_id FROM activity b
           WHERE b.board_id = @board_id AND b.seq > @after AND b.card_id IS NOT NULL
             AND (b.column_id = ANY (@column_ids::uuid[]) OR (b.was ->> 'column_id')::uuid = ANY (@column_ids::uuid[]))))
       OR (a.verb LIKE '%label%' AND coalesce(a.became ->> 'label_id', a.was ->> 'label_id') = ANY (@label_ids::text[]))
       OR (a.card_id IS NULL AND a.person_id = ANY (@person_ids::uuid[]))
       OR (@board_too::bool AND a.verb LIKE 'board%'))
ORDER BY a.seq;

-- name: CardListFormer :many
-- Cards as they stand, each with what is now at the place that it is to go back to; without such places, at its own.
SELECT k.id, k.column_id, k.rank, k.archived, k.deleted,
       (c.archived_at IS NOT NULL)::bool AS column_archived, (c.deleted_at IS NOT NULL)::bool AS column_deleted,
       k.to_column_id, k.to_rank::text AS to_rank, (t.id IS NULL)::bool AS to_gone,
       (t.archived_at IS NOT NULL)::bool AS to_archived, (t.deleted_at IS NOT NULL)::bool AS to_deleted,
       EXISTS (SELECT FROM cards o
               WHERE o.board_id = @board_id AND o.column_id = k.to_column_id AND o.rank = k.to_rank AND o.id <> k.id
                 AND o.archived_at IS NULL AND o.deleted_at IS NULL)::bool AS taken,
       coalesce((SELECT min(o.rank) FROM cards o
                 WHERE o.board_id = @board_id AND o.column_id = k.to_column_id AND o.rank > k.to_rank AND o.id <> k.id
                   AND o.archived_at IS NULL AND o.deleted_at IS NULL), '')::text AS next
FROM (
    SELECT cards.id, cards.column_id, cards.rank, (cards.archived_at IS NOT NULL)::bool AS archived, (cards.deleted_at IS NOT NULL)::bool AS deleted,
           coalesce(former.at_column, cards.column_id)::uuid AS to_column_id, coalesce(former.at_rank, cards.rank)::text COLLATE "C" AS to_rank
    FROM (SELECT unnest(@ids::uuid[]) AS card, unnest(@column_ids::uuid[]) AS at_column, unnest(@ranks::text[]) AS at_rank) former
    JOIN cards ON cards.board_id = @board_id AND cards.id = former.card
) k
JOIN columns c ON c.board_id = @board_id AND c.id = k.column_id
LEFT JOIN columns t ON t.board_id = @board_id AND t.id = k.to_column_id;

-- name: CardPutMany :exec
UPDATE cards k SET column_id = former.column_id, rank = former.rank
FROM (SELECT unnest(@ids::uuid[]) AS id, unnest(@column_ids::uuid[]) AS column_id, unnest(@ranks::text[]) AS rank) former
WHERE k.board_id = @board_id AND k.id = former.id;

-- name: CardRestoreMany :exec
UPDATE cards k SET archived_at = NULL, archived_by = NULL, deleted_at = NULL, deleted_by = NULL, rank = former.rank
FROM (SELECT unnest(@ids::uuid[]) AS id, unnest(@ranks::text[]) AS rank) former
WHERE k.board_id = @board_id AND k.id = former.id;

-- name: CardUndelete :exec
UPDATE cards SET deleted_at = NULL, deleted_by = NULL WHERE board_id = @board_id AND id = ANY (@ids::uuid[]);
