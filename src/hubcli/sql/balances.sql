-- Opening balances that were loaded before, so that the same file loads nothing twice.

-- name: credit
-- The entries of customer credit (cents) that opening balances of a day made for a customer, the first one first.
SELECT w.id, w.amount_cents FROM wallet_entries w
WHERE w.customer_id = :customer AND w.entered_on = :day AND w.type = 'grant' AND w.note LIKE :note
  AND NOT EXISTS (SELECT 1 FROM wallet_entries v WHERE v.reverses = w.id)
ORDER BY w.id

-- name: by_reference
-- The order of an old number.
SELECT d.id, d.customer_id, d.ordered_on, d.total_cents, d.due_on,
       (SELECT p.due_on FROM payments p WHERE p.document_id = d.id AND p.method = 'credit-line' ORDER BY p.id LIMIT 1)
         AS drawn_due
FROM external_ids x JOIN documents d ON d.id = x.document_id WHERE x.system = :system AND x.external_id = :number

-- name: alike
-- Opening orders of a customer that look the same, without an old number; :draw says whether they are draws.
SELECT d.id, d.customer_id, d.ordered_on, d.total_cents, d.due_on,
       (SELECT p.due_on FROM payments p WHERE p.document_id = d.id AND p.method = 'credit-line' ORDER BY p.id LIMIT 1)
         AS drawn_due
FROM documents d
WHERE d.customer_id = :customer AND d.opening = 1 AND d.ordered_on = :day AND d.total_cents = :amount
  AND NOT EXISTS (SELECT 1 FROM external_ids x WHERE x.document_id = d.id)
  AND :draw = CASE WHEN EXISTS (SELECT 1 FROM payments p WHERE p.document_id = d.id AND p.method = 'credit-line')
                   THEN 1 ELSE 0 END
ORDER BY d.id
