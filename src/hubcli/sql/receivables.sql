-- What moved accounts in a period. Every row: customer_id, document_id, part, cents (above zero: they owe more). A move on
-- an order counts from the order day on: money taken on the quote before is applied that day. Aging of the days at both
-- ends, worked out in another way, must come to the same.

-- name: events
-- What happened to documents: kind, part of the report, cents, day. What ended happens a second time, the other way round.
SELECT v.document_id, 'service' AS kind, 'charges' AS part, v.quantity * v.price_cents + v.added_tax_cents AS cents,
       v.added_on AS day
FROM line_services v WHERE v.added_on IS NOT NULL
  AND v.document_id IN (SELECT x.id FROM documents x WHERE x.customer_id = :customer) -- [customer]
UNION ALL
SELECT r.document_id, 'return', 'returns', -(
@{aging.worth}
), r.returned_on FROM returns r WHERE TRUE
  AND r.customer_id = :customer -- [customer]
UNION ALL
SELECT r.document_id, 'return', 'returns', (
@{aging.worth}
), r.ended_on FROM returns r WHERE r.ended_on IS NOT NULL
  AND r.customer_id = :customer -- [customer]
UNION ALL
SELECT a.document_id, 'adjustment', 'adjustments', -a.amount_cents, a.adjusted_on FROM adjustments a WHERE TRUE
  AND a.customer_id = :customer -- [customer]
UNION ALL
SELECT a.document_id, 'adjustment', 'adjustments', a.amount_cents, a.ended_on FROM adjustments a
WHERE a.ended_on IS NOT NULL
  AND a.customer_id = :customer -- [customer]
UNION ALL
SELECT p.document_id, 'payment', CASE p.method WHEN 'write-off' THEN 'write_offs' WHEN 'credit-line' THEN 'adjustments'
       ELSE 'payments' END, -p.amount_cents, p.paid_on
FROM payments p
WHERE (p.status IN ('pending', 'confirmed') OR (p.status IN ('void', 'rejected') AND p.ended_on IS NOT NULL))
  AND p.customer_id = :customer -- [customer]
UNION ALL
SELECT p.document_id, 'payment', CASE p.method WHEN 'write-off' THEN 'write_offs' WHEN 'credit-line' THEN 'adjustments'
       ELSE 'payments' END, p.amount_cents, p.ended_on
FROM payments p WHERE p.status IN ('void', 'rejected') AND p.ended_on IS NOT NULL
  AND p.customer_id = :customer -- [customer]
UNION ALL
SELECT r.document_id, 'refund', CASE r.method WHEN 'write-off' THEN 'write_offs' WHEN 'credit-line' THEN 'adjustments'
       ELSE 'refunds' END, r.amount_cents, r.refunded_on
FROM refunds r WHERE TRUE
  AND r.customer_id = :customer -- [customer]
UNION ALL
SELECT r.document_id, 'refund', CASE r.method WHEN 'write-off' THEN 'write_offs' WHEN 'credit-line' THEN 'adjustments'
       ELSE 'refunds' END, -r.amount_cents, r.ended_on
FROM refunds r WHERE r.ended_on IS NOT NULL
  AND r.customer_id = :customer -- [customer]

-- name: orders
-- Moves on orders: what they were sold for, then every event from the order day on; those before count on that day.
SELECT m.customer_id, m.document_id, m.part, m.cents FROM (
  SELECT d.customer_id, d.id AS document_id, CASE d.opening WHEN 1 THEN 'adjustments' ELSE 'charges' END AS part,
         d.total_cents - (SELECT coalesce(sum(v.quantity * v.price_cents + v.added_tax_cents), 0) FROM line_services v
           WHERE v.document_id = d.id AND v.added_on > d.ordered_on) AS cents, d.ordered_on AS day, d.status, d.canceled_on
  FROM documents d WHERE d.ordered_on IS NOT NULL AND d.status <> 'draft'
    AND d.customer_id = :customer -- [customer]
  UNION ALL
  SELECT d.customer_id, d.id, e.part, e.cents, CASE WHEN e.day < d.ordered_on THEN d.ordered_on ELSE e.day END, d.status,
         d.canceled_on
  FROM (
@{receivables.events}
  ) e JOIN documents d ON d.id = e.document_id
  WHERE d.ordered_on IS NOT NULL AND d.status <> 'draft' AND (e.kind <> 'service' OR e.day > d.ordered_on)
) m
WHERE (m.status <> 'canceled' OR m.day <= m.canceled_on)
  AND m.day >= :date_from -- [date_from]
  AND m.day <= :date_to -- [date_to]
  AND m.status = 'canceled' AND m.canceled_on >= :canceled_from AND m.canceled_on <= :canceled_to -- [canceled_from]

-- name: line
-- Moves on the credit line. Goods put back on it lower the order too: both are adjustments, and cancel out.
SELECT p.customer_id, p.document_id, 'adjustments' AS part, p.amount_cents AS cents
FROM payments p
WHERE p.method = 'credit-line' AND (p.status IN ('pending', 'confirmed') OR (p.status IN ('void', 'rejected') AND p.ended_on IS NOT NULL))
  AND p.paid_on >= :date_from -- [date_from]
  AND p.paid_on <= :date_to -- [date_to]
  AND p.customer_id = :customer -- [customer]
UNION ALL
SELECT p.customer_id, p.document_id, 'adjustments', -p.amount_cents FROM payments p
WHERE p.method = 'credit-line' AND p.status IN ('void', 'rejected')
  AND p.ended_on >= :date_from -- [date_from]
  AND p.ended_on <= :date_to -- [date_to]
  AND p.customer_id = :customer -- [customer]
UNION ALL
SELECT r.customer_id, NULL, CASE WHEN r.method IN ('return', 'refund') THEN 'adjustments' ELSE 'payments' END, -r.amount_cents
FROM line_repayments r
WHERE (r.status IN ('pending', 'confirmed') OR (r.status IN ('void', 'rejected') AND r.ended_on IS NOT NULL))
  AND r.paid_on >= :date_from -- [date_from]
  AND r.paid_on <= :date_to -- [date_to]
  AND r.customer_id = :customer -- [customer]
UNION ALL
SELECT r.customer_id, NULL, CASE WHEN r.method IN ('return', 'refund') THEN 'adjustments' ELSE 'payments' END, r.amount_cents
FROM line_repayments r WHERE r.status IN ('void', 'rejected')
  AND r.ended_on >= :date_from -- [date_from]
  AND r.ended_on <= :date_to -- [date_to]
  AND r.customer_id = :customer -- [customer]

-- name: moves
-- Moves of a period by customer and part.
SELECT m.customer_id, m.part, sum(m.cents) AS cents FROM (
@{receivables.orders}
UNION ALL
@{receivables.line}
) m GROUP BY m.customer_id, m.part

-- name: canceled
-- What orders canceled in a period had come to until then: nothing of it is owed any more.
SELECT m.customer_id, 'adjustments' AS part, -sum(m.cents) AS cents FROM (
@{receivables.orders}
) m GROUP BY m.customer_id

-- name: deposit_moves
-- Money on quotes: received, given back, and applied the day the quote became an order.
SELECT m.customer_id, m.part, sum(m.cents) AS cents FROM (
  SELECT d.customer_id, CASE e.kind WHEN 'payment' THEN 'received' ELSE 'refunded' END AS part, -e.cents AS cents, e.day
  FROM (
@{receivables.events}
  ) e JOIN documents d ON d.id = e.document_id
  WHERE e.kind IN ('payment', 'refund') AND (d.ordered_on IS NULL OR e.day < d.ordered_on)
  UNION ALL
  SELECT d.customer_id, 'applied', e.cents, d.ordered_on
  FROM (
@{receivables.events}
  ) e JOIN documents d ON d.id = e.document_id
  WHERE e.kind IN ('payment', 'refund') AND e.day < d.ordered_on
) m
WHERE TRUE
  AND m.day >= :date_from -- [date_from]
  AND m.day <= :date_to -- [date_to]
GROUP BY m.customer_id, m.part

-- name: deposits
-- What was held on quotes on a day, by customer.
SELECT d.customer_id, -sum(e.cents) AS cents
FROM (
@{receivables.events}
) e JOIN documents d ON d.id = e.document_id
WHERE e.kind IN ('payment', 'refund') AND e.day <= :day AND (d.ordered_on IS NULL OR d.ordered_on > :day)
GROUP BY d.customer_id HAVING sum(e.cents) <> 0

-- name: deposits_now
-- What quotes hold by their kept sums.
SELECT coalesce(sum(d.paid_cents + d.pending_cents), 0) AS cents FROM documents d
WHERE d.ordered_on IS NULL
  AND d.customer_id = :customer -- [customer]

-- name: credit_moves
-- Customer credit: issued, given for returns, spent, paid out, put right. What reverses an entry counts as that entry.
SELECT w.customer_id,
       CASE coalesce(v.type, w.type) WHEN 'grant' THEN 'issued' WHEN 'return' THEN 'returned' WHEN 'applied' THEN 'applied'
            WHEN 'line_repayment' THEN 'applied' WHEN 'withdrawal' THEN 'withdrawn' ELSE 'adjustments' END AS part,
       sum(w.amount_cents) AS cents
FROM wallet_entries w LEFT JOIN wallet_entries v ON v.id = w.reverses
WHERE w.entered_on >= :date_from AND w.entered_on <= :date_to
  AND w.customer_id = :customer -- [customer]
GROUP BY 1, 2

-- name: credit
-- The customer credit of a day, by customer.
SELECT w.customer_id, sum(w.amount_cents) AS cents FROM wallet_entries w
WHERE w.entered_on <= :day
  AND w.customer_id = :customer -- [customer]
GROUP BY w.customer_id HAVING sum(w.amount_cents) <> 0

-- name: credit_now
-- Customer credit by the customers' kept figures.
SELECT coalesce(sum(f.credit_cents), 0) AS cents FROM customer_figures f
WHERE f.credit_cents <> 0
  AND f.customer_id = :customer -- [customer]

-- name: credit_since
-- Whether an entry is dated after the day.
SELECT 1 AS found FROM wallet_entries w WHERE w.entered_on > :day LIMIT 1

-- name: names
-- Customers by name.
SELECT c.id, c.name FROM customers c WHERE c.id IN :ids... ORDER BY c.sort_name, c.id
