-- name: owing
-- Orders with money owed on them, or paid beyond what they charge, as they stand now. The words are those of the index.
SELECT d.id AS document_id, 0 AS cents FROM documents d
WHERE d.ordered_on IS NOT NULL AND d.status NOT IN ('draft', 'canceled')
  AND d.charged_cents <> d.paid_cents + d.pending_cents

-- name: later
-- What happened after the day, or no longer counts since: how much more (or less) was owed on each order then than now.
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
SELECT v.document_id, -v.quantity * v.price_cents - v.added_tax_cents FROM line_services v WHERE v.added_on > :day
UNION ALL
SELECT r.document_id,
@{aging.worth}
FROM returns r WHERE r.returned_on > :day AND r.ended_on IS NULL
UNION ALL
SELECT r.document_id, -(
@{aging.worth}
) FROM returns r WHERE r.returned_on <= :day AND r.ended_on > :day
UNION ALL
SELECT d.id, 0 FROM documents d WHERE d.canceled_on > :day AND d.status = 'canceled'

-- name: worth
-- What a return, r, gave back.
(SELECT coalesce(sum(b.amount_cents), 0) FROM return_lines b WHERE b.return_id = r.id)
  + r.delivery_cents + r.tax_cents - r.discount_cents - r.restocking_cents

-- name: orders
-- What was owed on each order on the day, and since when; no due day: not due yet (on account, not invoiced by then).
SELECT 'order' AS kind, d.customer_id, d.id AS document_id, NULL AS payment_id, d.ordered_on AS date,
       CASE WHEN d.on_account = 0 THEN d.ordered_on WHEN d.invoiced_on <= :day THEN d.due_on END AS due,
       d.charged_cents - d.paid_cents - d.pending_cents + m.cents AS owed
FROM (
  SELECT document_id, sum(cents) AS cents FROM ( -- [!as_now]
@{aging.owing}
    UNION ALL -- [!as_now]
@{aging.later} -- [!as_now]
  ) s GROUP BY document_id -- [!as_now]
) m CROSS JOIN documents d ON d.id = m.document_id
WHERE d.charged_cents - d.paid_cents - d.pending_cents + m.cents <> 0
@{aging.counted}

-- name: counted
-- Documents, d, that were orders on the day and counted then: neither drafts nor canceled by then.
  AND d.ordered_on <= :day AND d.status <> 'draft' AND (d.status <> 'canceled' OR d.canceled_on > :day)

-- name: repaid
-- What was paid back by the day of a draw, p.
(SELECT coalesce(sum(r.amount_cents), 0) FROM line_repayments r
  WHERE r.payment_id = p.id AND r.paid_on <= :day
    AND (r.status IN ('pending', 'confirmed') OR (r.status IN ('void', 'rejected') AND r.ended_on > :day)))

-- name: draws
-- What was due on each draw on the credit line on the day.
SELECT 'credit-line' AS kind, p.customer_id, p.document_id, p.id AS payment_id, p.paid_on AS date, p.due_on AS due,
       p.amount_cents -
@{aging.repaid}
  AS owed
FROM payments p
WHERE p.method = 'credit-line' AND (p.paid_on <= :day) = TRUE -- so that the few draws are read, not all payments
  AND (p.status IN ('pending', 'confirmed') OR (p.status IN ('void', 'rejected') AND p.ended_on > :day))
  AND p.amount_cents <>
@{aging.repaid}

-- name: open
-- Orders and draws with money owed on the day, those that the customer disputes marked.
SELECT o.*, CASE WHEN o.owed > 0 AND EXISTS (SELECT 1 FROM disputes x WHERE x.document_id = o.document_id
         AND x.opened_on <= :day AND (x.resolved_on IS NULL OR x.resolved_on > :day)) THEN 1 ELSE 0 END AS is_disputed
FROM (
@{aging.orders}
UNION ALL
@{aging.draws}
) o LIMIT 1000000000 -- so that a reader works each row out once

-- name: buckets
-- Each of them in its bucket: not due, current, 1-30, 31-60, 61-90 and over 90 days past due, or disputed; money beyond
-- what an order charges is unapplied, below zero.
SELECT o.kind, o.customer_id, o.document_id, o.payment_id, o.date, o.due, o.owed,
       CASE WHEN o.owed > 0 AND o.is_disputed = 0 AND o.due IS NULL THEN o.owed ELSE 0 END AS not_due,
       CASE WHEN o.owed > 0 AND o.is_disputed = 0 AND o.due >= :day THEN o.owed ELSE 0 END AS current,
       CASE WHEN o.owed > 0 AND o.is_disputed = 0 AND o.due < :day AND o.due >= :day_30 THEN o.owed ELSE 0 END
         AS days_1_30,
       CASE WHEN o.owed > 0 AND o.is_disputed = 0 AND o.due < :day_30 AND o.due >= :day_60 THEN o.owed ELSE 0 END
         AS days_31_60,
       CASE WHEN o.owed > 0 AND o.is_disputed = 0 AND o.due < :day_60 AND o.due >= :day_90 THEN o.owed ELSE 0 END
         AS days_61_90,
       CASE WHEN o.owed > 0 AND o.is_disputed = 0 AND o.due < :day_90 THEN o.owed ELSE 0 END AS over_90,
       CASE WHEN o.owed < 0 THEN o.owed ELSE 0 END AS unapplied,
       CASE WHEN o.is_disputed = 1 THEN o.owed ELSE 0 END AS disputed
FROM (
@{aging.open}
) o

-- name: conditions
-- What may be asked for of them.
WHERE TRUE
  AND b.kind = :kind -- [kind]
  AND b.customer_id = :customer -- [customer]
  AND b.due <= :past_due AND b.owed > 0 -- [past_due]
  AND d.salesperson_id IN :salesperson... -- [salesperson]
  AND d.class IN :class... -- [class]
  AND d.location = :location -- [location]
  AND c.sort_name LIKE :search -- [search]
  AND EXISTS (SELECT 1 FROM document_lines l WHERE l.document_id = d.id AND l.delivery_status IN :delivery...) -- [delivery]

-- name: customers
-- Aging by customer; money held on quotes and customer credit stand beside it and are never netted.
SELECT c.id AS number, c.name, a.not_due, a.current, a.days_1_30, a.days_31_60, a.days_61_90, a.over_90, a.unapplied,
       a.owed, :day AS as_of, a.disputed,
       (SELECT coalesce(sum(p.amount_cents), 0) FROM documents q CROSS JOIN payments p ON p.document_id = q.id
        WHERE q.customer_id = c.id AND p.paid_on <= :day AND (q.ordered_on IS NULL OR q.ordered_on > :day)
          AND (p.status IN ('pending', 'confirmed') OR (p.status IN ('void', 'rejected') AND p.ended_on > :day)))
         - (SELECT coalesce(sum(r.amount_cents), 0) FROM documents q JOIN refunds r ON r.document_id = q.id
            WHERE q.customer_id = c.id AND r.refunded_on <= :day AND (q.ordered_on IS NULL OR q.ordered_on > :day)
              AND (r.ended_on IS NULL OR r.ended_on > :day)) AS deposits,
       (SELECT coalesce(sum(w.amount_cents), 0) FROM wallet_entries w
        WHERE w.customer_id = c.id AND w.entered_on <= :day) AS credit, :known_at AS known_at
FROM (
  SELECT b.customer_id, sum(b.not_due) AS not_due, sum(b.current) AS current, sum(b.days_1_30) AS days_1_30,
         sum(b.days_31_60) AS days_31_60, sum(b.days_61_90) AS days_61_90, sum(b.over_90) AS over_90,
         sum(b.unapplied) AS unapplied, sum(b.disputed) AS disputed, sum(b.owed) AS owed
  FROM (
@{aging.buckets}
  ) b
  JOIN customers c ON c.id = b.customer_id -- [search]
  JOIN documents d ON d.id = b.document_id -- [salesperson|class|location|delivery]
@{aging.conditions}
  GROUP BY b.customer_id
) a JOIN customers c ON c.id = a.customer_id
ORDER BY
  c.sort_name, c.id -- {order}

-- name: documents
-- Aging by document.
SELECT CASE WHEN d.ordered_on IS NULL THEN 'Q' ELSE 'O' END || d.id AS number, b.kind, b.payment_id AS payment,
       c.id AS customer, c.name, b.date, b.due, b.not_due, b.current, b.days_1_30, b.days_31_60, b.days_61_90, b.over_90,
       b.unapplied, b.owed, :day AS as_of, b.disputed, d.class, s.login AS salesperson, d.location,
       d.invoice_number AS invoice, :known_at AS known_at
FROM (
@{aging.buckets}
) b JOIN customers c ON c.id = b.customer_id JOIN documents d ON d.id = b.document_id
LEFT JOIN staff s ON s.id = d.salesperson_id
@{aging.conditions}
ORDER BY
  coalesce(b.due, '9999-12-31'), b.date, b.document_id, b.payment_id -- {order}

-- name: sum
-- What the rows come to with no filter but the kind and the customer.
SELECT coalesce(sum(b.owed), 0) AS owed FROM (
@{aging.open}
) b WHERE TRUE
  AND b.kind = :kind -- [kind]
  AND b.customer_id = :customer -- [customer]

-- name: since
-- Whether anything is dated after the day, so that what is kept now is not what was then.
SELECT 1 AS found FROM (
  SELECT 1 AS one FROM (
@{aging.later}
  ) m
  UNION ALL
  SELECT 1 FROM documents d WHERE d.ordered_on > :day
  UNION ALL
  SELECT 1 FROM line_repayments r WHERE r.paid_on > :day OR r.ended_on > :day
) x LIMIT 1

-- name: owed_now
-- What is owed today as the customers' kept figures say, and on draws: what the rows of aging must come to.
SELECT (SELECT coalesce(sum(f.owed_cents), 0) FROM customer_figures f
        WHERE f.owed_cents <> 0
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
SELECT (SELECT coalesce(sum(d.total_cents), 0) FROM documents d WHERE TRUE
@{aging.counted}
          AND d.customer_id = :customer -- [customer]
       )
       - (SELECT coalesce(sum(v.quantity * v.price_cents + v.added_tax_cents), 0)
          FROM line_services v JOIN documents d ON d.id = v.document_id WHERE v.added_on > :day
@{aging.counted}
          AND d.customer_id = :customer -- [customer]
       )
       - (SELECT coalesce(sum(
@{aging.worth}
          ), 0) FROM returns r JOIN documents d ON d.id = r.document_id
          WHERE r.returned_on <= :day AND (r.ended_on IS NULL OR r.ended_on > :day)
@{aging.counted}
          AND d.customer_id = :customer -- [customer]
       )
       - (SELECT coalesce(sum(a.amount_cents), 0) FROM adjustments a JOIN documents d ON d.id = a.document_id
          WHERE a.adjusted_on <= :day AND (a.ended_on IS NULL OR a.ended_on > :day)
@{aging.counted}
          AND d.customer_id = :customer -- [customer]
       )
       - (SELECT coalesce(sum(p.amount_cents), 0) FROM payments p JOIN documents d ON d.id = p.document_id
          WHERE p.paid_on <= :day
            AND (p.status IN ('pending', 'confirmed') OR (p.status IN ('void', 'rejected') AND p.ended_on > :day))
@{aging.counted}
          AND d.customer_id = :customer -- [customer]
       )
       + (SELECT coalesce(sum(r.amount_cents), 0) FROM refunds r JOIN documents d ON d.id = r.document_id
          WHERE r.refunded_on <= :day AND (r.ended_on IS NULL OR r.ended_on > :day)
@{aging.counted}
          AND d.customer_id = :customer -- [customer]
       ) AS orders,
       (SELECT coalesce(sum(p.amount_cents), 0) FROM payments p WHERE p.method = 'credit-line' AND (p.paid_on <= :day) = TRUE
          AND (p.status IN ('pending', 'confirmed') OR (p.status IN ('void', 'rejected') AND p.ended_on > :day))
          AND p.customer_id = :customer -- [customer]
       )
       - (SELECT coalesce(sum(r.amount_cents), 0) FROM line_repayments r JOIN payments p ON p.id = r.payment_id
          WHERE r.paid_on <= :day
          AND (r.status IN ('pending', 'confirmed') OR (r.status IN ('void', 'rejected') AND r.ended_on > :day))
          AND (p.status IN ('pending', 'confirmed') OR (p.status IN ('void', 'rejected') AND p.ended_on > :day))
          AND r.customer_id = :customer -- [customer]
       ) AS draws
