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

-- name: L04
-- Kept sums of money are what the rows add up to: payments, refunds, returns, adjustments.
SELECT 'documents ' || d.id AS record, 'its paid, pending, returned or adjusted sum is not that of its rows' AS what
FROM documents d JOIN document_figures_live f ON f.document_id = d.id
WHERE d.returned_cents <> f.returned_cents OR d.adjusted_cents <> f.adjusted_cents OR d.paid_cents <> f.paid_cents
   OR d.pending_cents <> f.pending_cents OR d.written_off_cents <> f.written_off_cents
ORDER BY d.id

-- name: L08
-- A total is its lines, services and charges less its discounts, and not below zero.
SELECT 'documents ' || d.id AS record, 'its total is not what its lines and services add up to' AS what
FROM documents d JOIN document_figures_live f ON f.document_id = d.id
WHERE d.goods_cents <> f.goods_cents OR d.services_cents <> f.services_cents
UNION ALL
SELECT 'documents ' || d.id, 'its total is below zero' FROM documents d WHERE d.total_cents < 0

-- name: L09
-- An order that came from a quote was approved, or money came for it; one that payments were moved away from had some.
SELECT 'documents ' || d.id AS record, 'became an order without approval and without money' AS what
FROM documents d
WHERE d.quoted_on IS NOT NULL AND d.ordered_on IS NOT NULL AND d.approved_on IS NULL AND d.total_cents > 0
  AND d.status <> 'draft'
  AND NOT EXISTS (SELECT 1 FROM payments p WHERE p.document_id = d.id AND p.method <> 'write-off')
  AND CAST(d.id AS TEXT) NOT IN (SELECT g.old FROM changelog g WHERE g.tbl = 'payments' AND g.field = 'document_id'
                                   AND g.old IS NOT NULL)
ORDER BY d.id

-- name: L11
-- No document is paid above what is charged on it.
SELECT 'documents ' || d.id AS record, 'more is paid on it than is charged' AS what
FROM documents d WHERE d.paid_cents + d.pending_cents > d.charged_cents AND d.paid_cents + d.pending_cents > 0
ORDER BY d.id

-- name: L12
-- What was given back on a payment is not above what was paid.
SELECT 'payments ' || p.id AS record, 'more was given back than was paid' AS what
FROM payments p JOIN refunds r ON r.payment_id = p.id AND r.ended_on IS NULL
GROUP BY p.id, p.status, p.amount_cents
HAVING sum(r.amount_cents) > CASE WHEN p.status = 'confirmed' THEN p.amount_cents ELSE 0 END
ORDER BY p.id

-- name: L13
-- A reversal takes one entry of the same customer back, exactly, and each is taken back once.
SELECT 'wallet_entries ' || v.id AS record, 'does not exactly take back the entry that it reverses' AS what
FROM wallet_entries v JOIN wallet_entries w ON w.id = v.reverses
WHERE v.amount_cents <> -w.amount_cents OR v.customer_id <> w.customer_id OR v.id <= w.id
UNION ALL
SELECT 'wallet_entries ' || w.reverses, 'was taken back more than once'
FROM wallet_entries w WHERE w.reverses IS NOT NULL GROUP BY w.reverses HAVING count(*) > 1

-- name: L14
-- What stands has not ended; what was rejected or voided has, once.
SELECT 'payments ' || p.id AS record, 'its status and the day it ended contradict each other' AS what
FROM payments p WHERE (p.status IN ('rejected', 'void')) <> (p.ended_on IS NOT NULL) AND p.status <> 'incomplete'
UNION ALL
SELECT 'line_repayments ' || r.id, 'its status and the day it ended contradict each other'
FROM line_repayments r WHERE (r.status IN ('rejected', 'void')) <> (r.ended_on IS NOT NULL)

-- name: L15
-- An idempotency key says what was asked.
SELECT 'idempotency_keys ' || change_id AS record, 'a key of this change set does not say what was asked' AS what
FROM idempotency_keys WHERE length(fingerprint) <> 32 OR answer = ''

-- name: L17
-- Money is of the customer of its document. A company may repay for its contacts, and those may leave it.
SELECT 'payments ' || p.id AS record, 'its customer is not that of its document' AS what
FROM payments p JOIN documents d ON d.id = p.document_id WHERE p.customer_id <> d.customer_id
UNION ALL
SELECT 'wallet_entries ' || w.id, 'its customer is not that of its document'
FROM wallet_entries w JOIN documents d ON d.id = w.document_id
WHERE w.customer_id <> d.customer_id AND w.type <> 'line_repayment'
  AND coalesce((SELECT v.type FROM wallet_entries v WHERE v.id = w.reverses), '') <> 'line_repayment'
UNION ALL
SELECT 'refunds ' || r.id, 'its payment is not of its document'
FROM refunds r JOIN payments p ON p.id = r.payment_id WHERE r.ended_on IS NULL AND p.document_id <> r.document_id
UNION ALL
SELECT 'adjustments ' || a.id, 'its customer is not that of its document'
FROM adjustments a JOIN documents d ON d.id = a.document_id WHERE a.customer_id <> d.customer_id
UNION ALL
SELECT 'returns ' || r.id, 'its customer is not that of its document'
FROM returns r JOIN documents d ON d.id = r.document_id WHERE r.customer_id <> d.customer_id
UNION ALL
SELECT 'line_repayments ' || r.id, 'its customer is not that of its draw'
FROM line_repayments r JOIN payments p ON p.id = r.payment_id WHERE r.customer_id <> p.customer_id

-- name: L19
-- The repayments of a draw are not above the draw.
SELECT 'payments ' || payment_id AS record, 'more was repaid than was drawn' AS what FROM above_drawn ORDER BY payment_id

-- name: L20
-- Of no line more was taken back than was sold, in units or in money.
SELECT 'document_lines ' || line_id AS record, 'more of it was taken back than was sold' AS what FROM above_sold
UNION ALL
SELECT 'documents ' || d.id, 'more was taken back than it came to' FROM documents d WHERE d.returned_cents > d.total_cents

-- name: draws_above
-- Draws above every credit limit that holds for their customer now, made without a reason; the log knows what held then.
SELECT p.id, p.amount_cents, h.holder_id, p.customer_id FROM payments p
JOIN documents d ON d.id = p.document_id JOIN credit_pools h ON h.customer_id = p.customer_id
WHERE p.method = 'credit-line' AND p.status = 'confirmed' AND d.opening = 0
  AND p.amount_cents > coalesce((SELECT max(l.limit_cents) FROM credit_lines l
                                 WHERE l.customer_id IN (p.customer_id, h.holder_id)), 0)
  AND NOT EXISTS (SELECT 1 FROM customers m WHERE m.merged_into = p.customer_id)
  AND p.id NOT IN (SELECT g.row_id FROM changelog g JOIN change_reasons r ON r.change_id = g.change_id
                   WHERE g.tbl = 'payments' AND g.operation = 'insert')
ORDER BY p.id

-- name: limits
-- What the log says of the credit limits of some customers.
SELECT g.operation, g.field, g.old, g.new FROM changelog g JOIN credit_lines l ON l.id = g.row_id
WHERE g.tbl = 'credit_lines' AND (g.field IS NULL OR g.field = 'limit_cents') AND g.personal = 0
  AND l.customer_id IN (:customer, :holder)

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

-- name: ended_before
-- Nothing ended before it was made, and no order was shipped or invoiced before it was placed.
SELECT 'payments ' || id AS record, 'ended before it was made' AS what FROM payments WHERE ended_on < paid_on
UNION ALL SELECT 'line_repayments ' || id, 'ended before it was made' FROM line_repayments WHERE ended_on < paid_on
UNION ALL SELECT 'refunds ' || id, 'ended before it was made' FROM refunds WHERE ended_on < refunded_on
UNION ALL SELECT 'returns ' || id, 'ended before it was made' FROM returns WHERE ended_on < returned_on
UNION ALL SELECT 'adjustments ' || id, 'ended before it was made' FROM adjustments WHERE ended_on < adjusted_on

-- name: R02_lines
-- Kept counts of lines, and what of each line and service was taken back.
SELECT 'documents ' || d.id AS record, 'its kept counts of lines are not those of its lines' AS what
FROM documents d JOIN document_figures_live f ON f.document_id = d.id
WHERE d.open_lines <> f.open_lines OR d.returned_lines <> f.returned_lines
UNION ALL
SELECT 'document_lines ' || l.id, 'its returned quantity is not that of its returns'
FROM document_lines l
WHERE l.returned_quantity <> (SELECT coalesce(sum(b.quantity), 0) FROM taken_back b WHERE b.line_id = l.id)
UNION ALL
SELECT 'line_services ' || v.id, 'whether it was taken back is not what its returns say'
FROM line_services v
WHERE v.returned <> CASE WHEN EXISTS (SELECT 1 FROM taken_back b WHERE b.service_id = v.id) THEN 1 ELSE 0 END

-- name: R04
-- What was merged into another customer has no money and no documents any more.
SELECT 'C' || c.id AS record, 'was merged into C' || c.merged_into || ' and still has documents or money' AS what
FROM customers c
WHERE c.merged_into IS NOT NULL
  AND (EXISTS (SELECT 1 FROM documents d WHERE d.customer_id = c.id)
    OR EXISTS (SELECT 1 FROM payments p WHERE p.customer_id = c.id)
    OR EXISTS (SELECT 1 FROM wallet_entries w WHERE w.customer_id = c.id))
ORDER BY c.id

-- name: gaps
-- Invoice numbers leave none out.
SELECT 'documents ' || d.id AS record, 'the invoice before I' || d.invoice_number || ' is missing' AS what
FROM documents d
WHERE d.invoice_number > (SELECT min(m.invoice_number) FROM documents m)
  AND NOT EXISTS (SELECT 1 FROM documents b WHERE b.invoice_number = d.invoice_number - 1)
ORDER BY d.id

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
-- Whether there are opening states, which the log does not itemise.
SELECT 1 FROM changes WHERE opening = 1

-- name: statements
-- Statements that still say something.
SELECT id, content, digest, balance_cents, not_yet_due_cents, total_owed_cents FROM statements
WHERE content <> '{}' ORDER BY id

-- name: outside
-- Change sets that other SQL than hub's made.
SELECT count(*) AS sets FROM changes WHERE outside = 1

-- name: last
-- The last change set: its number, moment, last log entry and seal.
SELECT id, recorded_at, last_seq, seal FROM changes ORDER BY id DESC LIMIT 1

-- name: seals
-- The seals of the change sets, newest first.
SELECT id, recorded_at, seal FROM changes WHERE seal IS NOT NULL ORDER BY id DESC

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

-- name: files
-- Every file that was not erased, with its bytes.
SELECT f.id, f.sha256, t.content FROM files f LEFT JOIN file_contents t ON t.sha256 = f.sha256 WHERE f.sha256 <> ''
