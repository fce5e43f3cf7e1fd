-- name: later
-- What happened after the day, or no longer counts since: how much more (or less) was owed on each order then than now.
SELECT document_id, sum(cents) AS cents FROM (
  SELECT p.document_id, p.amount_cents AS cents FROM payments p
  WHERE p.paid_on > :day AND p.status IN ('pending', 'confirmed')
  UNION ALL
  SELECT p.document_id, -p.amount_cents FROM payments p
  WHERE p.paid_on <= :day AND p.status IN ('void', 'rejected') AND p.ended_on > :day
  UNION ALL
  SELECT r.document_id, -r.amount_cents FROM refunds r WHERE r.refunded_on > :day AND r.ended_on IS NULL
  UNION ALL
  SELECT r.document_id, r.amount_cents FROM refunds r WHERE r.refunded_on <= :day AND r.ended_on > :day
  UNION ALL
  SELECT a.document_id, a.amount_cents FROM adjustments a WHERE a.adjusted_on > :day AND a.ended_on IS NULL
  UNION ALL
  SELECT a.document_id, -a.amount_cents FROM adjustments a WHERE a.adjusted_on <= :day AND a.ended_on > :day
  UNION ALL
  SELECT r.document_id,
         (SELECT coalesce(sum(b.amount_cents), 0) FROM return_lines b WHERE b.return_id = r.id)
           + r.delivery_cents + r.tax_cents - r.discount_cents - r.restocking_cents
  FROM returns r WHERE r.returned_on > :day AND r.ended_on IS NULL
  UNION ALL
  SELECT r.document_id,
         -((SELECT coalesce(sum(b.amount_cents), 0) FROM return_lines b WHERE b.return_id = r.id)
           + r.delivery_cents + r.tax_cents - r.discount_cents - r.restocking_cents)
  FROM returns r WHERE r.returned_on <= :day AND r.ended_on > :day
) m GROUP BY document_id

-- name: orders
-- What was owed on each order on the day, and since when; no due day: not due yet (on account, not invoiced by then).
SELECT 'order' AS kind, d.customer_id, d.id AS document_id, NULL AS payment_id, d.ordered_on AS date,
       CASE WHEN d.on_account = 0 THEN d.ordered_on WHEN d.invoiced_on <= :day THEN d.due_on END AS due,
       d.charged_cents - d.paid_cents - d.pending_cents + coalesce(m.cents, 0) AS owed
FROM documents d LEFT JOIN (
@{aging.later}
) m ON m.document_id = d.id
WHERE d.ordered_on <= :day AND d.status <> 'draft' AND (d.status <> 'canceled' OR d.canceled_on > :day)
  AND d.charged_cents - d.paid_cents - d.pending_cents + coalesce(m.cents, 0) <> 0

-- name: draws
-- What was due on each draw on the credit line on the day.
SELECT 'credit-line' AS kind, p.customer_id, p.document_id, p.id AS payment_id, p.paid_on AS date, p.due_on AS due,
       p.amount_cents - (SELECT coalesce(sum(r.amount_cents), 0) FROM line_repayments r
         WHERE r.payment_id = p.id AND r.paid_on <= :day
           AND (r.status IN ('pending', 'confirmed') OR (r.status IN ('void', 'rejected') AND r.ended_on > :day))) AS owed
FROM payments p
WHERE p.method = 'credit-line' AND p.paid_on <= :day
  AND (p.status IN ('pending', 'confirmed') OR (p.status IN ('void', 'rejected') AND p.ended_on > :day))
  AND p.amount_cents <> (SELECT coalesce(sum(r.amount_cents), 0) FROM line_repayments r
         WHERE r.payment_id = p.id AND r.paid_on <= :day
           AND (r.status IN ('pending', 'confirmed') OR (r.status IN ('void', 'rejected') AND r.ended_on > :day)))

-- name: open
-- Orders and draws with money owed on the day.
@{aging.orders}
UNION ALL
@{aging.draws}

-- name: buckets
-- Each of them in its bucket: not due, current, 1-30, 31-60, 61-90 and over 90 days past due; money beyond what an order
-- charges is unapplied, below zero.
SELECT o.kind, o.customer_id, o.document_id, o.payment_id, o.date, o.due,
       CASE WHEN o.owed > 0 AND o.due IS NULL THEN o.owed ELSE 0 END AS not_due,
       CASE WHEN o.owed > 0 AND o.due >= :day THEN o.owed ELSE 0 END AS current,
       CASE WHEN o.owed > 0 AND o.due < :day AND o.due >= :day_30 THEN o.owed ELSE 0 END AS days_1_30,
       CASE WHEN o.owed > 0 AND o.due < :day_30 AND o.due >= :day_60 THEN o.owed ELSE 0 END AS days_31_60,
       CASE WHEN o.owed > 0 AND o.due < :day_60 AND o.due >= :day_90 THEN o.owed ELSE 0 END AS days_61_90,
       CASE WHEN o.owed > 0 AND o.due < :day_90 THEN o.owed ELSE 0 END AS over_90,
       CASE WHEN o.owed < 0 THEN o.owed ELSE 0 END AS unapplied, o.owed
FROM (
@{aging.open}
) o

-- name: customers
-- Aging by customer.
SELECT c.id AS number, c.name, sum(b.not_due) AS not_due, sum(b.current) AS current, sum(b.days_1_30) AS days_1_30,
       sum(b.days_31_60) AS days_31_60, sum(b.days_61_90) AS days_61_90, sum(b.over_90) AS over_90,
       sum(b.unapplied) AS unapplied, sum(b.owed) AS owed, :day AS as_of
FROM (
@{aging.buckets}
) b JOIN customers c ON c.id = b.customer_id
WHERE 1 = 1
  AND b.kind = :kind -- [kind]
  AND b.customer_id = :customer -- [customer]
GROUP BY c.id, c.name
ORDER BY
  c.sort_name, c.id -- {order}

-- name: documents
-- Aging by document.
SELECT CASE WHEN d.ordered_on IS NULL THEN 'Q' ELSE 'O' END || d.id AS number, b.kind, b.payment_id AS payment,
       c.id AS customer, c.name, b.date, b.due, b.not_due, b.current, b.days_1_30, b.days_31_60, b.days_61_90, b.over_90,
       b.unapplied, b.owed, :day AS as_of
FROM (
@{aging.buckets}
) b JOIN customers c ON c.id = b.customer_id JOIN documents d ON d.id = b.document_id
WHERE 1 = 1
  AND b.kind = :kind -- [kind]
  AND b.customer_id = :customer -- [customer]
ORDER BY
  coalesce(b.due, '9999-12-31'), b.date, b.document_id, b.payment_id -- {order}

-- name: owed_now
-- What is owed today as the customers' kept figures say, and on draws: what the rows of aging must come to.
SELECT (SELECT coalesce(sum(f.owed_cents), 0) FROM customer_figures f
        WHERE 1 = 1
          AND f.customer_id = :customer -- [customer]
       ) AS orders,
       (SELECT coalesce(sum(p.amount_cents), 0) FROM payments p WHERE p.method = 'credit-line'
          AND p.status IN ('pending', 'confirmed')
          AND p.customer_id = :customer -- [customer]
       )
       - (SELECT coalesce(sum(r.amount_cents), 0) FROM line_repayments r JOIN payments p ON p.id = r.payment_id
          WHERE r.status IN ('pending', 'confirmed') AND p.status IN ('pending', 'confirmed')
          AND r.customer_id = :customer -- [customer]
       ) AS draws

-- name: owed_then
-- What was owed on a day, added up from what was dated by then: charges less what was taken back and off, less money.
SELECT (SELECT coalesce(sum(d.total_cents), 0)
          - coalesce(sum((SELECT coalesce(sum(r.delivery_cents + r.tax_cents - r.discount_cents - r.restocking_cents
              + (SELECT coalesce(sum(b.amount_cents), 0) FROM return_lines b WHERE b.return_id = r.id)), 0)
              FROM returns r WHERE r.document_id = d.id AND r.returned_on <= :day
                AND (r.ended_on IS NULL OR r.ended_on > :day))), 0)
          - coalesce(sum((SELECT coalesce(sum(a.amount_cents), 0) FROM adjustments a WHERE a.document_id = d.id
              AND a.adjusted_on <= :day AND (a.ended_on IS NULL OR a.ended_on > :day))), 0)
          - coalesce(sum((SELECT coalesce(sum(p.amount_cents), 0) FROM payments p WHERE p.document_id = d.id
              AND p.paid_on <= :day AND (p.status IN ('pending', 'confirmed')
                OR (p.status IN ('void', 'rejected') AND p.ended_on > :day)))), 0)
          + coalesce(sum((SELECT coalesce(sum(r.amount_cents), 0) FROM refunds r WHERE r.document_id = d.id
              AND r.refunded_on <= :day AND (r.ended_on IS NULL OR r.ended_on > :day))), 0)
        FROM documents d WHERE d.ordered_on <= :day AND d.status <> 'draft'
          AND (d.status <> 'canceled' OR d.canceled_on > :day)
          AND d.customer_id = :customer -- [customer]
       ) AS orders,
       (SELECT coalesce(sum(p.amount_cents), 0) FROM payments p WHERE p.method = 'credit-line' AND p.paid_on <= :day
          AND (p.status IN ('pending', 'confirmed') OR (p.status IN ('void', 'rejected') AND p.ended_on > :day))
          AND p.customer_id = :customer -- [customer]
       )
       - (SELECT coalesce(sum(r.amount_cents), 0) FROM line_repayments r JOIN payments p ON p.id = r.payment_id
          WHERE r.paid_on <= :day
          AND (r.status IN ('pending', 'confirmed') OR (r.status IN ('void', 'rejected') AND r.ended_on > :day))
          AND r.customer_id = :customer -- [customer]
       ) AS draws
