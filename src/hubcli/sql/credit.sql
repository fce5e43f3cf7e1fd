-- name: reverse
-- The reversing entry of a credit entry, dated today; once. What was taken back and given again since (undo and redo)
-- is a chain of entries: the last of them is reversed, when it still does what the first one did.
WITH RECURSIVE chain (id, amount_cents) AS (
  SELECT w.id, w.amount_cents FROM wallet_entries w WHERE w.id = :id
  UNION ALL
  SELECT v.id, v.amount_cents FROM chain c JOIN wallet_entries v ON v.reverses = c.id
)
INSERT INTO wallet_entries (customer_id, amount_cents, type, document_id, reverses, note, entered_on, recorded_at,
                            recorded_by)
SELECT w.customer_id, -w.amount_cents, 'void', w.document_id, w.id, 'reverses entry ' || w.id, :today, :at, :actor
FROM wallet_entries w JOIN chain c ON c.id = w.id JOIN wallet_entries f ON f.id = :id
WHERE w.amount_cents = f.amount_cents AND NOT EXISTS (SELECT 1 FROM wallet_entries v WHERE v.reverses = w.id)

-- name: entry
-- One entry of customer credit, in cents.
SELECT w.* FROM wallet_entries w WHERE w.id = :id

-- name: alike
-- Entries of a customer that look the same, the first one first.
SELECT w.* FROM wallet_entries w
WHERE w.customer_id = :customer AND w.entered_on = :date AND w.amount_cents = :amount
  AND w.type = :type -- [type]
ORDER BY w.id

-- name: paid_by
-- Whether a customer ever paid so.
SELECT p.id FROM payments p WHERE p.customer_id = :customer AND p.method = :method AND p.status = 'confirmed' LIMIT 1

-- name: balance
-- The customer credit of one customer with the number of its entries.
SELECT c.id AS number, c.name, c.status, f.credit_cents AS credit_balance,
       (SELECT count(*) FROM wallet_entries w WHERE w.customer_id = c.id) AS entries,
       (SELECT max(entered_on) FROM wallet_entries w WHERE w.customer_id = c.id) AS last_entry_on
FROM customers c LEFT JOIN customer_figures f ON f.customer_id = c.id WHERE c.id = :id

-- name: history
-- Every entry with the balance after it, the newest first.
SELECT w.id AS entry, w.customer_id AS customer, w.entered_on AS date, w.type, w.amount_cents AS amount,
       sum(w.amount_cents) OVER (ORDER BY w.id) AS balance,
       CASE WHEN d.id IS NULL THEN NULL WHEN d.ordered_on IS NULL THEN 'Q' || d.id ELSE 'O' || d.id END AS document,
       w.note, w.recorded_at, w.method, w.reference, w.receipt, w.location, w.recorded_by AS by
FROM wallet_entries w LEFT JOIN documents d ON d.id = w.document_id
WHERE w.customer_id = :customer
ORDER BY
  w.id DESC -- {order}
