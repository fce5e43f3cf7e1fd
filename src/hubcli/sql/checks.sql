-- Rules that every sound database follows: each block gives the rows that break one, as (record, what).

-- name: L05
-- Customer credit is never below zero.
SELECT 'C' || customer_id AS record, 'customer credit is below zero' AS what
FROM wallet_entries GROUP BY customer_id HAVING sum(amount_cents) < 0 ORDER BY customer_id

-- name: L07
-- Nor was it at any moment of its history; those below zero today stand under L05.
SELECT 'wallet_entries ' || r.id AS record, 'customer credit fell below zero here' AS what
FROM (SELECT w.id, w.customer_id, sum(w.amount_cents) OVER (PARTITION BY w.customer_id ORDER BY w.id) AS running
      FROM wallet_entries w) r
WHERE r.running < 0
  AND (SELECT sum(w.amount_cents) FROM wallet_entries w WHERE w.customer_id = r.customer_id) >= 0
ORDER BY r.id

-- name: L17
-- A payment and an entry of customer credit are of the customer of their document.
SELECT 'payments ' || p.id AS record, 'its customer is not that of its document' AS what
FROM payments p JOIN documents d ON d.id = p.document_id WHERE p.customer_id <> d.customer_id
UNION ALL
SELECT 'wallet_entries ' || w.id, 'its customer is not that of its document'
FROM wallet_entries w JOIN documents d ON d.id = w.document_id WHERE w.customer_id <> d.customer_id

-- name: R01
-- No archived customer has an active quote or order.
SELECT 'C' || c.id AS record, 'is archived with an active ' || min(d.kind) AS what
FROM customers c JOIN open_documents d ON d.customer_id = c.id
WHERE c.status = 'archived' AND (d.open_until IS NULL OR d.open_until >= :today)
GROUP BY c.id ORDER BY c.id

-- name: R03
-- One billing address, one default delivery address; one line of each number.
SELECT 'C' || customer_id AS record, 'has several billing addresses, or several defaults' AS what
FROM addresses GROUP BY customer_id
HAVING sum(is_default) > 1 OR sum(CASE WHEN kind = 'billing' THEN 1 ELSE 0 END) > 1

-- name: R08
-- Nothing is delivered before it was sold.
SELECT 'document_lines ' || l.id AS record, 'was delivered before the document was made' AS what
FROM document_lines l JOIN documents d ON d.id = l.document_id
WHERE l.delivered_on < coalesce(d.quoted_on, d.ordered_on) ORDER BY l.id

-- name: A01
-- Neither log entries nor change sets have holes in their numbers.
SELECT 'changelog ' || a.seq AS record, 'the log entry before it is missing' AS what FROM changelog a
WHERE a.seq > 1 AND NOT EXISTS (SELECT 1 FROM changelog b WHERE b.seq = a.seq - 1)
UNION ALL
SELECT 'H' || a.id, 'the change set before it is missing' FROM changes a
WHERE a.id > 1 AND NOT EXISTS (SELECT 1 FROM changes b WHERE b.id = a.id - 1)

-- name: highest
-- The highest number that each table ever gave, as the log knows it.
SELECT tbl, max(row_id) AS highest FROM changelog WHERE operation = 'insert' GROUP BY tbl

-- name: opening
SELECT 1 FROM changes WHERE opening = 1

-- name: outside
-- Change sets that other SQL than hub's made.
SELECT count(*) AS sets FROM changes WHERE outside = 1

-- name: last
-- The last change set: its number, moment, last log entry and seal.
SELECT id, recorded_at, last_seq, seal FROM changes ORDER BY id DESC LIMIT 1

-- name: seals
-- The seals of the change sets, newest first.
SELECT id, seal FROM changes WHERE seal IS NOT NULL ORDER BY id DESC

-- name: made_since
-- What the change sets after :change made, counted by table; quotes and orders apart.
SELECT CASE WHEN l.tbl <> 'documents' THEN l.tbl WHEN d.ordered_on IS NULL THEN 'quotes' ELSE 'orders' END AS what,
       count(*) AS rows_made
FROM changelog l LEFT JOIN documents d ON l.tbl = 'documents' AND d.id = l.row_id
WHERE l.change_id > :change AND l.operation = 'insert' AND l.personal = 0
GROUP BY 1 ORDER BY 2 DESC, 1

-- name: edited_since
-- How many records of each table the change sets after :change altered or removed.
SELECT l.tbl AS what, count(DISTINCT l.row_id) AS rows_edited FROM changelog l
WHERE l.change_id > :change AND l.operation <> 'insert' GROUP BY 1 ORDER BY 2 DESC, 1
