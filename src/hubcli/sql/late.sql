-- name: entries
-- What is dated in a period and was recorded after an instant: money, and what was taken back. `effect` is what it does
-- to what is owed.
SELECT e.kind, e.ref AS number, e.document, e.customer, c.name AS customer_name, e.date, e.at AS recorded_at, e.by, e.what,
       e.amount, e.effect, :date_from AS period_from, :date_to AS period_to
FROM (
  SELECT 'payment' AS kind, 'P' || p.id AS ref, CASE WHEN d.ordered_on IS NULL THEN 'Q' ELSE 'O' END || d.id AS document,
         p.customer_id AS customer, p.paid_on AS date, p.recorded_at AS at, p.recorded_by AS by, p.method AS what,
         p.amount_cents AS amount, CASE WHEN d.ordered_on IS NULL THEN 0 ELSE -p.amount_cents END AS effect
  FROM payments p JOIN documents d ON d.id = p.document_id
  WHERE p.paid_on >= :date_from AND p.paid_on <= :date_to AND p.recorded_at > :after AND p.status <> 'incomplete'
  UNION ALL
  SELECT 'refund', 'F' || r.id, CASE WHEN d.ordered_on IS NULL THEN 'Q' ELSE 'O' END || d.id, r.customer_id, r.refunded_on,
         r.recorded_at, r.recorded_by, r.method, r.amount_cents,
         CASE WHEN d.ordered_on IS NULL THEN 0 ELSE r.amount_cents END
  FROM refunds r JOIN documents d ON d.id = r.document_id
  WHERE r.refunded_on >= :date_from AND r.refunded_on <= :date_to AND r.recorded_at > :after
  UNION ALL
  SELECT 'return', 'R' || r.id, 'O' || r.document_id, r.customer_id, r.returned_on, r.recorded_at, NULL, r.reason,
@{aging.worth}
         , -(
@{aging.worth}
         )
  FROM returns r WHERE r.returned_on >= :date_from AND r.returned_on <= :date_to AND r.recorded_at > :after
  UNION ALL
  SELECT 'adjustment', NULL, CASE WHEN d.ordered_on IS NULL THEN 'Q' ELSE 'O' END || d.id, a.customer_id, a.adjusted_on,
         a.recorded_at, NULL, a.kind, a.amount_cents, -a.amount_cents
  FROM adjustments a JOIN documents d ON d.id = a.document_id
  WHERE a.adjusted_on >= :date_from AND a.adjusted_on <= :date_to AND a.recorded_at > :after
  UNION ALL
  SELECT 'repayment', 'P' || r.payment_id, NULL, r.customer_id, r.paid_on, r.recorded_at, r.recorded_by, r.method,
         r.amount_cents, -r.amount_cents
  FROM line_repayments r WHERE r.paid_on >= :date_from AND r.paid_on <= :date_to AND r.recorded_at > :after
  UNION ALL
  SELECT 'credit', NULL, CASE WHEN d.id IS NULL THEN NULL WHEN d.ordered_on IS NULL THEN 'Q' || d.id
         ELSE 'O' || d.id END, w.customer_id, w.entered_on, w.recorded_at, w.recorded_by, w.type, w.amount_cents, 0
  FROM wallet_entries w LEFT JOIN documents d ON d.id = w.document_id
  WHERE w.entered_on >= :date_from AND w.entered_on <= :date_to AND w.recorded_at > :after
  UNION ALL
@{late.logged}
) e JOIN customers c ON c.id = e.customer
WHERE TRUE
  AND e.by = :by -- [by]
  AND e.kind IN :kind... -- [kind]
  AND e.customer = :only -- [only]
ORDER BY
  e.at, e.kind, e.ref -- {order}

-- name: logged
-- Late changes that only the log knows: orders dated in the period that were placed, canceled or altered later, services
-- sold with an order, money and returns that ended in the period, payments that were moved.
SELECT CASE WHEN l.operation = 'insert' THEN 'order' ELSE 'change' END, 'H' || h.id, 'O' || d.id, d.customer_id,
       d.ordered_on, h.recorded_at, h.actor,
       CASE WHEN l.operation = 'insert' THEN d.status
            ELSE l.field || ' ' || coalesce(l.old, 'NULL') || ' > ' || coalesce(l.new, 'NULL') END,
       CASE WHEN l.operation = 'insert' THEN d.total_cents
@{late.added}
       END,
       CASE WHEN l.operation = 'insert' OR (l.field = 'ordered_on' AND coalesce(l.old, 'NULL') = 'NULL') THEN d.total_cents
@{late.added}
       END
FROM changes h JOIN changelog l ON l.change_id = h.id JOIN documents d ON d.id = l.row_id
WHERE h.recorded_at > :after AND l.seq >= h.first_seq AND l.seq <= h.last_seq AND l.tbl = 'documents' AND l.personal = 0
  AND d.ordered_on >= :date_from AND d.ordered_on <= :date_to AND d.status <> 'draft'
  AND ((l.operation = 'insert' AND l.new LIKE '%,ordered_on=''%') OR l.field IN ('ordered_on', 'canceled_on', 'customer_id',
    'tax_cents', 'delivery_charge_cents', 'mileage_charge_cents', 'trip_charge_cents', 'shipping_charge_cents',
    'rush_charge_cents', 'customer_discount_cents', 'rebate_cents', 'coupon_cents', 'gift_certificate_cents'))
UNION ALL
SELECT 'service', 'H' || h.id, 'O' || d.id, d.customer_id, v.added_on, h.recorded_at, h.actor, v.name,
       v.quantity * v.price_cents, v.quantity * v.price_cents + v.added_tax_cents
FROM changes h JOIN changelog l ON l.change_id = h.id JOIN line_services v ON v.id = l.row_id
JOIN documents d ON d.id = v.document_id
WHERE h.recorded_at > :after AND l.seq >= h.first_seq AND l.seq <= h.last_seq AND l.tbl = 'line_services'
  AND l.operation = 'insert' AND v.added_on >= :date_from AND v.added_on <= :date_to
UNION ALL
SELECT 'ended', 'P' || x.id, CASE WHEN d.ordered_on IS NULL THEN 'Q' ELSE 'O' END || d.id, x.customer_id, x.ended_on,
       h.recorded_at, h.actor, x.status || ' ' || x.method, x.amount_cents, CASE WHEN d.ordered_on IS NULL THEN 0 ELSE x.amount_cents END
FROM changes h JOIN changelog l ON l.change_id = h.id JOIN payments x ON x.id = l.row_id
JOIN documents d ON d.id = x.document_id
WHERE h.recorded_at > :after AND l.seq >= h.first_seq AND l.seq <= h.last_seq AND l.tbl = 'payments'
  AND l.field = 'ended_on' AND x.ended_on >= :date_from AND x.ended_on <= :date_to
UNION ALL
SELECT 'ended', 'F' || x.id, CASE WHEN d.ordered_on IS NULL THEN 'Q' ELSE 'O' END || d.id, x.customer_id, x.ended_on,
       h.recorded_at, h.actor, 'refund ' || x.method, x.amount_cents, CASE WHEN d.ordered_on IS NULL THEN 0 ELSE -x.amount_cents END
FROM changes h JOIN changelog l ON l.change_id = h.id JOIN refunds x ON x.id = l.row_id
JOIN documents d ON d.id = x.document_id
WHERE h.recorded_at > :after AND l.seq >= h.first_seq AND l.seq <= h.last_seq AND l.tbl = 'refunds'
  AND l.field = 'ended_on' AND x.ended_on >= :date_from AND x.ended_on <= :date_to
UNION ALL
SELECT 'ended', NULL, CASE WHEN d.ordered_on IS NULL THEN 'Q' ELSE 'O' END || d.id, x.customer_id, x.ended_on,
       h.recorded_at, h.actor, x.kind, x.amount_cents, CASE WHEN d.ordered_on IS NULL THEN 0 ELSE x.amount_cents END
FROM changes h JOIN changelog l ON l.change_id = h.id JOIN adjustments x ON x.id = l.row_id
JOIN documents d ON d.id = x.document_id
WHERE h.recorded_at > :after AND l.seq >= h.first_seq AND l.seq <= h.last_seq AND l.tbl = 'adjustments'
  AND l.field = 'ended_on' AND x.ended_on >= :date_from AND x.ended_on <= :date_to
UNION ALL
SELECT 'ended', 'R' || r.id, 'O' || r.document_id, r.customer_id, r.ended_on, h.recorded_at, h.actor, 'return',
@{aging.worth}
       ,
@{aging.worth}
FROM changes h JOIN changelog l ON l.change_id = h.id JOIN returns r ON r.id = l.row_id
WHERE h.recorded_at > :after AND l.seq >= h.first_seq AND l.seq <= h.last_seq AND l.tbl = 'returns'
  AND l.field = 'ended_on' AND r.ended_on >= :date_from AND r.ended_on <= :date_to
UNION ALL
SELECT 'change', 'P' || p.id, CASE WHEN d.ordered_on IS NULL THEN 'Q' ELSE 'O' END || d.id, p.customer_id, p.paid_on,
       h.recorded_at, h.actor, l.field || ' ' || coalesce(l.old, 'NULL') || ' > ' || coalesce(l.new, 'NULL'),
       p.amount_cents, NULL
FROM changes h JOIN changelog l ON l.change_id = h.id JOIN payments p ON p.id = l.row_id
JOIN documents d ON d.id = p.document_id
WHERE h.recorded_at > :after AND l.seq >= h.first_seq AND l.seq <= h.last_seq AND l.tbl = 'payments'
  AND l.operation = 'update' AND l.field IN ('document_id', 'customer_id', 'amount_cents', 'method', 'paid_on')
  AND p.paid_on >= :date_from AND p.paid_on <= :date_to

-- name: added
-- Less what was sold with a document, d, afterwards: that is listed by itself.
         - (SELECT coalesce(sum(x.quantity * x.price_cents + x.added_tax_cents), 0) FROM line_services x
            WHERE x.document_id = d.id AND x.added_on IS NOT NULL)
