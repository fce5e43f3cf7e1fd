-- name: reverse
-- The reversing entry of a credit entry, dated today; once.
INSERT INTO wallet_entries (customer_id, amount_cents, type, document_id, reverses, note, entered_on, recorded_at)
SELECT customer_id, -amount_cents, 'void', document_id, id, 'reverses entry ' || id, :today, :at FROM wallet_entries
WHERE id = :id AND NOT EXISTS (SELECT 1 FROM wallet_entries w WHERE w.reverses = :id)

-- name: entry
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
