-- name: moves
-- Everything that moved an account by a day, one row each: what was charged, what was paid, customer credit, credit line.
SELECT d.ordered_on AS date, d.created_at AS at, NULL AS by, 'order' AS type, d.id AS document_id, 'O' || d.id AS ref,
       d.total_cents - (SELECT coalesce(sum(v.quantity * v.price_cents + v.added_tax_cents), 0) FROM line_services v
                        WHERE v.document_id = d.id AND v.added_on IS NOT NULL) AS charge, 0 AS paid, 0 AS credit, 0 AS line
FROM documents d WHERE d.customer_id = :customer AND d.ordered_on <= :day AND d.status <> 'draft'
UNION ALL
SELECT v.added_on, d.created_at, NULL, v.kind, d.id, 'O' || d.id, v.quantity * v.price_cents + v.added_tax_cents, 0, 0, 0
FROM documents d JOIN line_services v ON v.document_id = d.id
WHERE d.customer_id = :customer AND d.ordered_on IS NOT NULL AND v.added_on <= :day AND d.status <> 'draft'
UNION ALL
SELECT coalesce(d.canceled_on, d.ordered_on), d.created_at, NULL, 'not owed any more', d.id, 'O' || d.id,
       d.paid_cents + d.pending_cents - d.charged_cents, 0, 0, 0
FROM documents d WHERE d.customer_id = :customer AND d.status = 'canceled'
  AND coalesce(d.canceled_on, d.ordered_on) <= :day AND d.charged_cents <> d.paid_cents + d.pending_cents
UNION ALL
SELECT r.returned_on, r.recorded_at, NULL, 'return', r.document_id, 'R' || r.id,
       -((SELECT coalesce(sum(b.amount_cents), 0) FROM return_lines b WHERE b.return_id = r.id)
         + r.delivery_cents + r.tax_cents - r.discount_cents - r.restocking_cents), 0, 0, 0
FROM returns r WHERE r.customer_id = :customer AND r.returned_on <= :day
UNION ALL
SELECT r.ended_on, r.recorded_at, NULL, 'return undone', r.document_id, 'R' || r.id,
       (SELECT coalesce(sum(b.amount_cents), 0) FROM return_lines b WHERE b.return_id = r.id)
         + r.delivery_cents + r.tax_cents - r.discount_cents - r.restocking_cents, 0, 0, 0
FROM returns r WHERE r.customer_id = :customer AND r.ended_on <= :day
UNION ALL
SELECT a.adjusted_on, a.recorded_at, NULL, a.kind, a.document_id, NULL, -a.amount_cents, 0, 0, 0
FROM adjustments a WHERE a.customer_id = :customer AND a.adjusted_on <= :day
UNION ALL
SELECT a.ended_on, a.recorded_at, NULL, a.kind || ' undone', a.document_id, NULL, a.amount_cents, 0, 0, 0
FROM adjustments a WHERE a.customer_id = :customer AND a.ended_on <= :day
UNION ALL
SELECT p.paid_on, p.recorded_at, p.recorded_by, p.method, p.document_id, 'P' || p.id, 0, p.amount_cents, 0,
       CASE WHEN p.method = 'credit-line' THEN p.amount_cents ELSE 0 END
FROM payments p WHERE p.customer_id = :customer AND p.paid_on <= :day AND p.status <> 'incomplete'
UNION ALL
SELECT p.ended_on, p.recorded_at, NULL, p.method || ' ' || p.status, p.document_id, 'P' || p.id, 0, -p.amount_cents, 0,
       CASE WHEN p.method = 'credit-line' THEN -p.amount_cents ELSE 0 END
FROM payments p WHERE p.customer_id = :customer AND p.ended_on <= :day AND p.status IN ('void', 'rejected')
UNION ALL
SELECT r.refunded_on, r.recorded_at, NULL, 'refund ' || r.method, r.document_id, 'F' || r.id, 0, -r.amount_cents, 0, 0
FROM refunds r WHERE r.customer_id = :customer AND r.refunded_on <= :day
UNION ALL
SELECT r.ended_on, r.recorded_at, NULL, 'refund undone', r.document_id, 'F' || r.id, 0, r.amount_cents, 0, 0
FROM refunds r WHERE r.customer_id = :customer AND r.ended_on <= :day
UNION ALL
SELECT w.entered_on, w.recorded_at, NULL, 'credit ' || w.type, w.document_id, NULL, 0, 0, w.amount_cents, 0
FROM wallet_entries w WHERE w.customer_id = :customer AND w.entered_on <= :day
UNION ALL
SELECT r.paid_on, r.recorded_at, r.recorded_by, 'repayment ' || r.method, p.document_id, 'L' || r.id, 0, 0, 0,
       -r.amount_cents
FROM line_repayments r JOIN payments p ON p.id = r.payment_id WHERE r.customer_id = :customer AND r.paid_on <= :day
UNION ALL
SELECT r.ended_on, r.recorded_at, NULL, 'repayment ' || r.status, p.document_id, 'L' || r.id, 0, 0, 0, r.amount_cents
FROM line_repayments r JOIN payments p ON p.id = r.payment_id
WHERE r.customer_id = :customer AND r.ended_on <= :day AND r.status IN ('void', 'rejected')

-- name: spent
-- The customer credit that was spent on documents and draws, less what was put back or reset since.
WITH RECURSIVE spending (id, amount_cents) AS (
  SELECT w.id, w.amount_cents FROM wallet_entries w
  WHERE w.customer_id = :customer AND w.type IN ('applied', 'line_repayment', 'reset')
  UNION ALL
  SELECT v.id, v.amount_cents FROM spending s JOIN wallet_entries v ON v.reverses = s.id
)
SELECT -coalesce(sum(amount_cents), 0) AS cents FROM spending

-- name: ledger
-- The one ledger of an account: every move with what was owed, the customer credit and the credit line after it. Money on
-- quotes counts as paid ahead.
SELECT l.date, l.ref AS number, l.type, l.document, l.charge, l.paid, l.balance, l.credit, l.credit_balance, l.line,
       l.line_used, l.by, l.at AS recorded_at
FROM (
  SELECT m.date, m.ref, m.type, CASE WHEN d.id IS NULL THEN NULL WHEN d.ordered_on IS NULL THEN 'Q' ELSE 'O' END || d.id
         AS document, m.charge, m.paid, m.credit, m.line, m.by, m.at,
         sum(m.charge - m.paid) OVER (ORDER BY m.date, m.at, m.type, m.ref) AS balance,
         sum(m.credit) OVER (ORDER BY m.date, m.at, m.type, m.ref) AS credit_balance,
         sum(m.line) OVER (ORDER BY m.date, m.at, m.type, m.ref) AS line_used
  FROM (
@{account.moves}
  ) m LEFT JOIN documents d ON d.id = m.document_id
) l
WHERE 1 = 1
  AND l.date >= :date_from -- [date_from]
ORDER BY
  l.date, l.at, l.type, l.ref -- {order}
