-- name: entries
-- The log entries of one change set, in order; the change set may still be open.
SELECT l.seq, l.operation, l.tbl, l.row_id, l.subject, l.field, l.old, l.new, l.personal, l.digest
FROM changelog l
WHERE l.seq >= coalesce((SELECT first_seq FROM changes WHERE id = :change),
                        (SELECT coalesce(max(last_seq), 0) + 1 FROM changes))
  AND l.change_id = :change
  AND l.seq <= coalesce((SELECT last_seq FROM changes WHERE id = :change), 9223372036854775807)
ORDER BY l.seq

-- name: list
-- Change sets, the newest first: who, when, why, how many entries and customers, and what undid them.
SELECT c.id AS change, c.recorded_at AS at, c.business_on AS date, c.actor, c.command,
       (SELECT count(DISTINCT l.subject) FROM changelog l WHERE l.seq BETWEEN c.first_seq AND c.last_seq) AS customers,
       CASE WHEN c.first_seq IS NULL THEN 0 ELSE c.last_seq - c.first_seq + 1 END AS entries,
       r.reason, c.undoes,
       (SELECT max(u.id) FROM changes u WHERE u.undoes = c.id) AS undone_by, c.dated, c.terminal, c.os_user
FROM changes c LEFT JOIN change_reasons r ON r.change_id = c.id
WHERE TRUE
  AND c.id = :change  -- [change]
  AND c.actor IN :by...  -- [by]
  AND any{c.command LIKE :command}  -- [command]
  AND c.recorded_at >= :since  -- [since]
  AND EXISTS (SELECT 1 FROM changelog l WHERE l.subject IN :customers... AND l.seq BETWEEN c.first_seq AND c.last_seq)  -- [customers]
ORDER BY
  c.id DESC -- {order}

-- name: header
-- One change set with its reason, its place in the log and what undid it last.
SELECT c.id, c.business_on, c.recorded_at, c.actor, c.os_user, c.terminal, c.command, c.undoes, c.opening, c.outside,
       c.first_seq, c.last_seq, c.seal, r.reason,
       (SELECT max(u.id) FROM changes u WHERE u.undoes = c.id) AS undone_by
FROM changes c LEFT JOIN change_reasons r ON r.change_id = c.id WHERE c.id = :change

-- name: records
-- How many records a change set touched: customers, and what belongs to none of them.
SELECT count(DISTINCT l.subject) + count(DISTINCT CASE WHEN l.subject IS NULL THEN l.tbl || ' ' || l.row_id END) AS n
FROM changelog l JOIN changes c ON l.seq BETWEEN c.first_seq AND c.last_seq
WHERE c.id = :change
  AND l.subject IN :only...  -- [only]

-- name: undos
-- The change sets that took a change set back, the last one first.
SELECT id FROM changes WHERE undoes = :change AND seal IS NOT NULL ORDER BY id DESC

-- name: document
-- The day on which a document became an order; none while it is a quote.
SELECT id, ordered_on FROM documents WHERE id = :id

-- name: last_own
-- The latest change set of this actor on this terminal that still stands; undos count as changes that redo takes back.
-- One that only tells what was mailed is passed over: what left the shop is not taken back.
SELECT c.id FROM changes c
WHERE c.actor = :actor AND c.terminal IS NOT DISTINCT FROM :terminal AND c.first_seq IS NOT NULL
  AND EXISTS (SELECT 1 FROM changelog l WHERE l.seq BETWEEN c.first_seq AND c.last_seq
                AND l.tbl NOT IN ('sendings', 'mails'))
  AND c.undoes IS NULL  -- [undo]
  AND c.undoes IS NOT NULL  -- [redo]
  AND NOT EXISTS (SELECT 1 FROM changes u WHERE u.undoes = c.id
                    AND NOT EXISTS (SELECT 1 FROM changes v WHERE v.undoes = u.id))
ORDER BY c.id DESC LIMIT 1

-- name: of_customer
-- Every entry about a customer and those merged into it, newest first, with who, when and why.
SELECT c.recorded_at AS at, c.actor, c.id AS change, c.command, r.reason, l.tbl, l.row_id, l.operation, l.field,
       l.old, l.new, l.digest, l.seq
FROM changelog l JOIN changes c ON c.id = l.change_id LEFT JOIN change_reasons r ON r.change_id = c.id
WHERE l.subject IN :customers...
  AND c.recorded_at >= :since  -- [since]
ORDER BY l.seq DESC
