-- What moved accounts in a period. Every row: customer_id, document_id, part, cents (above zero: they owe more). A move on
-- an order counts from the order day on: money taken on the quote before is applied that day. Aging of the days at both
-- ends, worked out in another way, must come to the same.

-- name: orders
-- Moves on orders: charges, what was added afterwards, returns, adjustments, payments and refunds, each with its end.
SELECT d.customer_id, d.id AS document_id, CASE d.opening WHEN 1 THEN 'adjustments' ELSE 'charges' END AS part,
       d.total_cents - (SELECT coalesce(sum(v.quantity * v.price_cents + v.added_tax_cents), 0) FROM line_services v
         WHERE v.document_id = d.id AND v.added_on > d.ordered_on) AS cents
FROM documents d WHERE TRUE
  AND d.ordered_on IS NOT NULL AND d.status <> 'draft'
  AND (d.status <> 'canceled' OR d.ordered_on <= d.canceled_on)
  AND d.ordered_on >= :date_from -- [date_from]
  AND d.ordered_on <= :date_to -- [date_to]
  AND d.customer_id = :customer -- [customer]
  AND d.id IN (SELECT x.id FROM documents x -- [canceled_from]
    WHERE x.status = 'canceled' AND x.canceled_on >= :canceled_from AND x.canceled_on <= :canceled_to) -- [canceled_from]
UNION ALL
SELECT d.customer_id, d.id, 'charges', v.quantity * v.price_cents + v.added_tax_cents
FROM line_services v JOIN documents d ON d.id = v.document_id
WHERE v.added_on > d.ordered_on
  AND d.ordered_on IS NOT NULL AND d.status <> 'draft'
  AND (d.status <> 'canceled' OR v.added_on <= d.canceled_on)
  AND v.added_on >= :date_from -- [date_from]
  AND v.added_on <= :date_to -- [date_to]
  AND d.customer_id = :customer -- [customer]
  AND d.id IN (SELECT x.id FROM documents x -- [canceled_from]
    WHERE x.status = 'canceled' AND x.canceled_on >= :canceled_from AND x.canceled_on <= :canceled_to) -- [canceled_from]
UNION ALL
SELECT d.customer_id, d.id, 'returns', -(
@{aging.worth}
)
FROM returns r JOIN documents d ON d.id = r.document_id WHERE r.returned_on >= d.ordered_on
  AND d.ordered_on IS NOT NULL AND d.status <> 'draft'
  AND (d.status <> 'canceled' OR r.returned_on <= d.canceled_on)
  AND r.returned_on >= :date_from -- [date_from]
  AND r.returned_on <= :date_to -- [date_to]
  AND d.customer_id = :customer -- [customer]
  AND d.id IN (SELECT x.id FROM documents x -- [canceled_from]
    WHERE x.status = 'canceled' AND x.canceled_on >= :canceled_from AND x.canceled_on <= :canceled_to) -- [canceled_from]
UNION ALL
SELECT d.customer_id, d.id, 'returns', -(
@{aging.worth}
)
FROM documents d JOIN returns r ON r.document_id = d.id WHERE r.returned_on < d.ordered_on
  AND d.ordered_on IS NOT NULL AND d.status <> 'draft'
  AND (d.status <> 'canceled' OR d.ordered_on <= d.canceled_on)
  AND d.ordered_on >= :date_from -- [date_from]
  AND d.ordered_on <= :date_to -- [date_to]
  AND d.customer_id = :customer -- [customer]
  AND d.id IN (SELECT x.id FROM documents x -- [canceled_from]
    WHERE x.status = 'canceled' AND x.canceled_on >= :canceled_from AND x.canceled_on <= :canceled_to) -- [canceled_from]
UNION ALL
SELECT d.customer_id, d.id, 'returns', (
@{aging.worth}
)
FROM returns r JOIN documents d ON d.id = r.document_id WHERE r.ended_on >= d.ordered_on
  AND d.ordered_on IS NOT NULL AND d.status <> 'draft'
  AND (d.status <> 'canceled' OR r.ended_on <= d.canceled_on)
  AND r.ended_on >= :date_from -- [date_from]
  AND r.ended_on <= :date_to -- [date_to]
  AND d.customer_id = :customer -- [customer]
  AND d.id IN (SELECT x.id FROM documents x -- [canceled_from]
    WHERE x.status = 'canceled' AND x.canceled_on >= :canceled_from AND x.canceled_on <= :canceled_to) -- [canceled_from]
UNION ALL
SELECT d.customer_id, d.id, 'returns', (
@{aging.worth}
)
FROM documents d JOIN returns r ON r.document_id = d.id WHERE r.ended_on < d.ordered_on
  AND d.ordered_on IS NOT NULL AND d.status <> 'draft'
  AND (d.status <> 'canceled' OR d.ordered_on <= d.canceled_on)
  AND d.ordered_on >= :date_from -- [date_from]
  AND d.ordered_on <= :date_to -- [date_to]
  AND d.customer_id = :customer -- [customer]
  AND d.id IN (SELECT x.id FROM documents x -- [canceled_from]
    WHERE x.status = 'canceled' AND x.canceled_on >= :canceled_from AND x.canceled_on <= :canceled_to) -- [canceled_from]
UNION ALL
SELECT d.customer_id, d.id, 'adjustments', -a.amount_cents
FROM adjustments a JOIN documents d ON d.id = a.document_id WHERE a.adjusted_on >= d.ordered_on
  AND d.ordered_on IS NOT NULL AND d.status <> 'draft'
  AND (d.status <> 'canceled' OR a.adjusted_on <= d.canceled_on)
  AND a.adjusted_on >= :date_from -- [date_from]
  AND a.adjusted_on <= :date_to -- [date_to]
  AND d.customer_id = :customer -- [customer]
  AND d.id IN (SELECT x.id FROM documents x -- [canceled_from]
    WHERE x.status = 'canceled' AND x.canceled_on >= :canceled_from AND x.canceled_on <= :canceled_to) -- [canceled_from]
UNION ALL
SELECT d.customer_id, d.id, 'adjustments', -a.amount_cents
FROM documents d JOIN adjustments a ON a.document_id = d.id WHERE a.adjusted_on < d.ordered_on
  AND d.ordered_on IS NOT NULL AND d.status <> 'draft'
  AND (d.status <> 'canceled' OR d.ordered_on <= d.canceled_on)
  AND d.ordered_on >= :date_from -- [date_from]
  AND d.ordered_on <= :date_to -- [date_to]
  AND d.customer_id = :customer -- [customer]
  AND d.id IN (SELECT x.id FROM documents x -- [canceled_from]
    WHERE x.status = 'canceled' AND x.canceled_on >= :canceled_from AND x.canceled_on <= :canceled_to) -- [canceled_from]
UNION ALL
SELECT d.customer_id, d.id, 'adjustments', a.amount_cents
FROM adjustments a JOIN documents d ON d.id = a.document_id WHERE a.ended_on >= d.ordered_on
  AND d.ordered_on IS NOT NULL AND d.status <> 'draft'
  AND (d.status <> 'canceled' OR a.ended_on <= d.canceled_on)
  AND a.ended_on >= :date_from -- [date_from]
  AND a.ended_on <= :date_to -- [date_to]
  AND d.customer_id = :customer -- [customer]
  AND d.id IN (SELECT x.id FROM documents x -- [canceled_from]
    WHERE x.status = 'canceled' AND x.canceled_on >= :canceled_from AND x.canceled_on <= :canceled_to) -- [canceled_from]
UNION ALL
SELECT d.customer_id, d.id, 'adjustments', a.amount_cents
FROM documents d JOIN adjustments a ON a.document_id = d.id WHERE a.ended_on < d.ordered_on
  AND d.ordered_on IS NOT NULL AND d.status <> 'draft'
  AND (d.status <> 'canceled' OR d.ordered_on <= d.canceled_on)
  AND d.ordered_on >= :date_from -- [date_from]
  AND d.ordered_on <= :date_to -- [date_to]
  AND d.customer_id = :customer -- [customer]
  AND d.id IN (SELECT x.id FROM documents x -- [canceled_from]
    WHERE x.status = 'canceled' AND x.canceled_on >= :canceled_from AND x.canceled_on <= :canceled_to) -- [canceled_from]
UNION ALL
SELECT d.customer_id, d.id, CASE p.method WHEN 'write-off' THEN 'write_offs' WHEN 'credit-line' THEN 'adjustments' ELSE 'payments' END, -p.amount_cents
FROM payments p JOIN documents d ON d.id = p.document_id
WHERE p.paid_on >= d.ordered_on AND (p.status IN ('pending', 'confirmed') OR (p.status IN ('void', 'rejected') AND p.ended_on IS NOT NULL))
  AND d.ordered_on IS NOT NULL AND d.status <> 'draft'
  AND (d.status <> 'canceled' OR p.paid_on <= d.canceled_on)
  AND p.paid_on >= :date_from -- [date_from]
  AND p.paid_on <= :date_to -- [date_to]
  AND d.customer_id = :customer -- [customer]
  AND d.id IN (SELECT x.id FROM documents x -- [canceled_from]
    WHERE x.status = 'canceled' AND x.canceled_on >= :canceled_from AND x.canceled_on <= :canceled_to) -- [canceled_from]
UNION ALL
SELECT d.customer_id, d.id, CASE p.method WHEN 'write-off' THEN 'write_offs' WHEN 'credit-line' THEN 'adjustments' ELSE 'payments' END, -p.amount_cents
FROM documents d JOIN payments p ON p.document_id = d.id
WHERE p.paid_on < d.ordered_on AND (p.status IN ('pending', 'confirmed') OR (p.status IN ('void', 'rejected') AND p.ended_on IS NOT NULL))
  AND d.ordered_on IS NOT NULL AND d.status <> 'draft'
  AND (d.status <> 'canceled' OR d.ordered_on <= d.canceled_on)
  AND d.ordered_on >= :date_from -- [date_from]
  AND d.ordered_on <= :date_to -- [date_to]
  AND d.customer_id = :customer -- [customer]
  AND d.id IN (SELECT x.id FROM documents x -- [canceled_from]
    WHERE x.status = 'canceled' AND x.canceled_on >= :canceled_from AND x.canceled_on <= :canceled_to) -- [canceled_from]
UNION ALL
SELECT d.customer_id, d.id, CASE p.method WHEN 'write-off' THEN 'write_offs' WHEN 'credit-line' THEN 'adjustments' ELSE 'payments' END, p.amount_cents
FROM payments p JOIN documents d ON d.id = p.document_id
WHERE p.ended_on >= d.ordered_on AND p.status IN ('void', 'rejected')
  AND d.ordered_on IS NOT NULL AND d.status <> 'draft'
  AND (d.status <> 'canceled' OR p.ended_on <= d.canceled_on)
  AND p.ended_on >= :date_from -- [date_from]
  AND p.ended_on <= :date_to -- [date_to]
  AND d.customer_id = :customer -- [customer]
  AND d.id IN (SELECT x.id FROM documents x -- [canceled_from]
    WHERE x.status = 'canceled' AND x.canceled_on >= :canceled_from AND x.canceled_on <= :canceled_to) -- [canceled_from]
UNION ALL
SELECT d.customer_id, d.id, CASE p.method WHEN 'write-off' THEN 'write_offs' WHEN 'credit-line' THEN 'adjustments' ELSE 'payments' END, p.amount_cents
FROM documents d JOIN payments p ON p.document_id = d.id
WHERE p.ended_on < d.ordered_on AND p.status IN ('void', 'rejected')
  AND d.ordered_on IS NOT NULL AND d.status <> 'draft'
  AND (d.status <> 'canceled' OR d.ordered_on <= d.canceled_on)
  AND d.ordered_on >= :date_from -- [date_from]
  AND d.ordered_on <= :date_to -- [date_to]
  AND d.customer_id = :customer -- [customer]
  AND d.id IN (SELECT x.id FROM documents x -- [canceled_from]
    WHERE x.status = 'canceled' AND x.canceled_on >= :canceled_from AND x.canceled_on <= :canceled_to) -- [canceled_from]
UNION ALL
SELECT d.customer_id, d.id, CASE r.method WHEN 'write-off' THEN 'write_offs' WHEN 'credit-line' THEN 'adjustments' ELSE 'refunds' END, r.amount_cents
FROM refunds r JOIN documents d ON d.id = r.document_id
WHERE r.refunded_on >= d.ordered_on
  AND d.ordered_on IS NOT NULL AND d.status <> 'draft'
  AND (d.status <> 'canceled' OR r.refunded_on <= d.canceled_on)
  AND r.refunded_on >= :date_from -- [date_from]
  AND r.refunded_on <= :date_to -- [date_to]
  AND d.customer_id = :customer -- [customer]
  AND d.id IN (SELECT x.id FROM documents x -- [canceled_from]
    WHERE x.status = 'canceled' AND x.canceled_on >= :canceled_from AND x.canceled_on <= :canceled_to) -- [canceled_from]
UNION ALL
SELECT d.customer_id, d.id, CASE r.method WHEN 'write-off' THEN 'write_offs' WHEN 'credit-line' THEN 'adjustments' ELSE 'refunds' END, r.amount_cents
FROM documents d JOIN refunds r ON r.document_id = d.id
WHERE r.refunded_on < d.ordered_on
  AND d.ordered_on IS NOT NULL AND d.status <> 'draft'
  AND (d.status <> 'canceled' OR d.ordered_on <= d.canceled_on)
  AND d.ordered_on >= :date_from -- [date_from]
  AND d.ordered_on <= :date_to -- [date_to]
  AND d.customer_id = :customer -- [customer]
  AND d.id IN (SELECT x.id FROM documents x -- [canceled_from]
    WHERE x.status = 'canceled' AND x.canceled_on >= :canceled_from AND x.canceled_on <= :canceled_to) -- [canceled_from]
UNION ALL
SELECT d.customer_id, d.id, CASE r.method WHEN 'write-off' THEN 'write_offs' WHEN 'credit-line' THEN 'adjustments' ELSE 'refunds' END, -r.amount_cents
FROM refunds r JOIN documents d ON d.id = r.document_id
WHERE r.ended_on >= d.ordered_on
  AND d.ordered_on IS NOT NULL AND d.status <> 'draft'
  AND (d.status <> 'canceled' OR r.ended_on <= d.canceled_on)
  AND r.ended_on >= :date_from -- [date_from]
  AND r.ended_on <= :date_to -- [date_to]
  AND d.customer_id = :customer -- [customer]
  AND d.id IN (SELECT x.id FROM documents x -- [canceled_from]
    WHERE x.status = 'canceled' AND x.canceled_on >= :canceled_from AND x.canceled_on <= :canceled_to) -- [canceled_from]
UNION ALL
SELECT d.customer_id, d.id, CASE r.method WHEN 'write-off' THEN 'write_offs' WHEN 'credit-line' THEN 'adjustments' ELSE 'refunds' END, -r.amount_cents
FROM documents d JOIN refunds r ON r.document_id = d.id
WHERE r.ended_on < d.ordered_on
  AND d.ordered_on IS NOT NULL AND d.status <> 'draft'
  AND (d.status <> 'canceled' OR d.ordered_on <= d.canceled_on)
  AND d.ordered_on >= :date_from -- [date_from]
  AND d.ordered_on <= :date_to -- [date_to]
  AND d.customer_id = :customer -- [customer]
  AND d.id IN (SELECT x.id FROM documents x -- [canceled_from]
    WHERE x.status = 'canceled' AND x.canceled_on >= :canceled_from AND x.canceled_on <= :canceled_to) -- [canceled_from]

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
SELECT d.customer_id, 'received' AS part, p.amount_cents AS cents
FROM payments p JOIN documents d ON d.id = p.document_id
WHERE (p.status IN ('pending', 'confirmed') OR (p.status IN ('void', 'rejected') AND p.ended_on IS NOT NULL)) AND (d.ordered_on IS NULL OR p.paid_on < d.ordered_on)
  AND p.paid_on >= :date_from -- [date_from]
  AND p.paid_on <= :date_to -- [date_to]
  AND d.customer_id = :customer -- [customer]
UNION ALL
SELECT d.customer_id, 'received', -p.amount_cents
FROM payments p JOIN documents d ON d.id = p.document_id
WHERE p.status IN ('void', 'rejected') AND (d.ordered_on IS NULL OR p.ended_on < d.ordered_on)
  AND p.ended_on >= :date_from -- [date_from]
  AND p.ended_on <= :date_to -- [date_to]
  AND d.customer_id = :customer -- [customer]
UNION ALL
SELECT d.customer_id, 'refunded', -r.amount_cents
FROM refunds r JOIN documents d ON d.id = r.document_id WHERE (d.ordered_on IS NULL OR r.refunded_on < d.ordered_on)
  AND r.refunded_on >= :date_from -- [date_from]
  AND r.refunded_on <= :date_to -- [date_to]
  AND d.customer_id = :customer -- [customer]
UNION ALL
SELECT d.customer_id, 'refunded', r.amount_cents
FROM refunds r JOIN documents d ON d.id = r.document_id WHERE (d.ordered_on IS NULL OR r.ended_on < d.ordered_on)
  AND r.ended_on >= :date_from -- [date_from]
  AND r.ended_on <= :date_to -- [date_to]
  AND d.customer_id = :customer -- [customer]
UNION ALL
SELECT d.customer_id, 'applied', -p.amount_cents
FROM documents d JOIN payments p ON p.document_id = d.id
WHERE p.paid_on < d.ordered_on
  AND (p.status IN ('pending', 'confirmed') OR (p.status IN ('void', 'rejected') AND p.ended_on >= d.ordered_on))
  AND d.ordered_on >= :date_from -- [date_from]
  AND d.ordered_on <= :date_to -- [date_to]
  AND d.customer_id = :customer -- [customer]
UNION ALL
SELECT d.customer_id, 'applied', r.amount_cents
FROM documents d JOIN refunds r ON r.document_id = d.id
WHERE r.refunded_on < d.ordered_on AND (r.ended_on IS NULL OR r.ended_on >= d.ordered_on)
  AND d.ordered_on >= :date_from -- [date_from]
  AND d.ordered_on <= :date_to -- [date_to]
  AND d.customer_id = :customer -- [customer]
) m GROUP BY m.customer_id, m.part

-- name: deposits
-- What was held on quotes on a day, by customer.
SELECT m.customer_id, sum(m.cents) AS cents FROM (
  SELECT d.customer_id, p.amount_cents AS cents FROM payments p JOIN documents d ON d.id = p.document_id
  WHERE p.paid_on <= :day AND (d.ordered_on IS NULL OR d.ordered_on > :day)
    AND (p.status IN ('pending', 'confirmed') OR (p.status IN ('void', 'rejected') AND p.ended_on > :day))
    AND d.customer_id = :customer -- [customer]
  UNION ALL
  SELECT d.customer_id, -r.amount_cents FROM refunds r JOIN documents d ON d.id = r.document_id
  WHERE r.refunded_on <= :day AND (d.ordered_on IS NULL OR d.ordered_on > :day)
    AND (r.ended_on IS NULL OR r.ended_on > :day)
    AND d.customer_id = :customer -- [customer]
) m GROUP BY m.customer_id HAVING sum(m.cents) <> 0

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
