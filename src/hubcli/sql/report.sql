-- name: credit
-- Customer credit that was issued, one row each, with what the customer has of it now.
SELECT w.customer_id AS number, c.name, w.entered_on AS date_issued, w.amount_cents AS amount, w.type,
       CASE WHEN d.id IS NULL THEN NULL WHEN d.ordered_on IS NULL THEN 'Q' || d.id ELSE 'O' || d.id END AS document,
       f.credit_cents AS balance, w.note, :date_from AS period_from, :date_to AS period_to
FROM wallet_entries w JOIN customers c ON c.id = w.customer_id JOIN customer_figures f ON f.customer_id = c.id
LEFT JOIN documents d ON d.id = w.document_id
WHERE w.amount_cents > 0 AND w.type IN ('return', 'grant', 'adjustment')
  AND NOT EXISTS (SELECT 1 FROM wallet_entries v WHERE v.reverses = w.id)
  AND w.entered_on >= :date_from -- [date_from]
  AND w.entered_on <= :date_to -- [date_to]
  AND w.customer_id = :customer -- [customer]
ORDER BY
  w.entered_on, w.id -- {order}

-- name: taken
-- Payments on documents: the day they were taken, and again below zero the day they bounced, were voided or rejected.
SELECT 'P' || p.id AS number, p.paid_on AS date, p.amount_cents AS gross, p.fee_cents AS fee,
       p.amount_cents - p.fee_cents AS net, p.document_id, p.customer_id, p.location, p.recorded_by, p.method, p.status,
       p.reference, p.note, 'payment' AS kind, d.ordered_on, p.id AS place
FROM payments p JOIN documents d ON d.id = p.document_id
WHERE (p.status IN ('pending', 'confirmed') OR (p.status IN ('void', 'rejected') AND p.ended_on > p.paid_on))
  AND p.paid_on >= :date_from -- [date_from]
  AND p.paid_on <= :date_to -- [date_to]
UNION ALL
SELECT 'P' || p.id, p.ended_on, -p.amount_cents, NULL, NULL, p.document_id, p.customer_id, p.location, p.recorded_by,
       p.method, p.status, p.reference, p.note, 'payment', d.ordered_on, p.id
FROM payments p JOIN documents d ON d.id = p.document_id
WHERE p.status IN ('void', 'rejected') AND p.ended_on > p.paid_on
  AND p.ended_on >= :date_from -- [date_from]
  AND p.ended_on <= :date_to -- [date_to]
UNION ALL
SELECT 'L' || r.id, r.paid_on, r.amount_cents, NULL, NULL, p.document_id, r.customer_id, r.location, r.recorded_by, r.method,
       r.status, r.reference, r.note, 'repayment', d.ordered_on, r.id
FROM line_repayments r JOIN payments p ON p.id = r.payment_id JOIN documents d ON d.id = p.document_id
WHERE (r.status IN ('pending', 'confirmed') OR (r.status IN ('void', 'rejected') AND r.ended_on > r.paid_on))
  AND r.method NOT IN ('return', 'refund')
  AND r.paid_on >= :date_from -- [date_from]
  AND r.paid_on <= :date_to -- [date_to]
UNION ALL
SELECT 'L' || r.id, r.ended_on, -r.amount_cents, NULL, NULL, p.document_id, r.customer_id, r.location, r.recorded_by, r.method,
       r.status, r.reference, r.note, 'repayment', d.ordered_on, r.id
FROM line_repayments r JOIN payments p ON p.id = r.payment_id JOIN documents d ON d.id = p.document_id
WHERE r.status IN ('void', 'rejected') AND r.ended_on > r.paid_on AND r.method NOT IN ('return', 'refund')
  AND r.ended_on >= :date_from -- [date_from]
  AND r.ended_on <= :date_to -- [date_to]
UNION ALL
SELECT NULL, w.entered_on, w.amount_cents, NULL, NULL, w.document_id, w.customer_id, w.location, w.recorded_by, w.method,
       'confirmed', w.reference, w.note, 'surplus', NULL, w.id
FROM wallet_entries w
WHERE w.amount_cents > 0 AND w.method IS NOT NULL AND w.reverses IS NULL
  AND w.entered_on >= :date_from -- [date_from]
  AND w.entered_on <= :date_to -- [date_to]
UNION ALL
SELECT NULL, w.entered_on, w.amount_cents, NULL, NULL, v.document_id, v.customer_id, v.location, v.recorded_by, v.method,
       'void', v.reference, w.note, 'surplus', NULL, w.id
FROM wallet_entries w JOIN wallet_entries v ON v.id = w.reverses
WHERE v.amount_cents > 0 AND v.method IS NOT NULL
  AND w.entered_on >= :date_from -- [date_from]
  AND w.entered_on <= :date_to -- [date_to]

-- name: payments
-- Every payment, repayment and surplus of a period, one row each; what was reversed since stands again, below zero.
SELECT t.number, t.date, CASE WHEN d.id IS NULL THEN NULL WHEN d.ordered_on IS NULL THEN 'Q' ELSE 'O' END || d.id
         AS document, t.customer_id AS customer, c.name AS customer_name, t.location, t.recorded_by, t.method,
       CASE WHEN t.kind = 'repayment' THEN 'Payment Made to a Credit Line'
            WHEN t.kind = 'surplus' THEN 'Surplus Put into Customer Credit'
            WHEN t.ordered_on IS NULL OR t.date < t.ordered_on THEN 'Deposit Made to a Quote'
            ELSE 'Payment Made to an Order' END AS application,
       t.status, t.reference AS transaction_id, t.note AS notes, t.gross, t.fee, t.net, s.login AS salesperson,
       CASE WHEN t.method IN ('customer-credit', 'credit-line', 'write-off') THEN 0 ELSE 1 END AS money,
       :date_from AS period_from, :date_to AS period_to
FROM (
@{report.taken}
) t JOIN customers c ON c.id = t.customer_id LEFT JOIN documents d ON d.id = t.document_id
LEFT JOIN staff s ON s.id = d.salesperson_id
WHERE TRUE
  AND t.method IN :method... -- [method]
  AND t.location = :location -- [location]
  AND s.login = :salesperson -- [salesperson]
  AND t.recorded_by = :by -- [by]
  AND abs(t.gross) = :amount -- [amount]
  AND t.customer_id = :customer -- [customer]
ORDER BY
  t.date, t.kind, t.place, t.gross DESC -- {order}

-- name: paid_out
-- Money given back in a period, below zero where that was taken back later: refunds, and customer credit paid out.
SELECT g.date, g.method, g.location, g.recorded_by, g.cents FROM (
  SELECT r.refunded_on AS date, r.method, r.location, r.recorded_by, r.amount_cents AS cents, r.document_id,
         r.customer_id
  FROM refunds r WHERE r.ended_on IS NULL OR r.ended_on > r.refunded_on
  UNION ALL
  SELECT r.ended_on, r.method, r.location, r.recorded_by, -r.amount_cents, r.document_id, r.customer_id
  FROM refunds r WHERE r.ended_on > r.refunded_on
  UNION ALL
  SELECT w.entered_on, coalesce(w.method, 'other'), w.location, w.recorded_by, -w.amount_cents, w.document_id,
         w.customer_id
  FROM wallet_entries w WHERE w.type = 'withdrawal'
  UNION ALL
  SELECT w.entered_on, coalesce(v.method, 'other'), v.location, v.recorded_by, -w.amount_cents, v.document_id,
         v.customer_id
  FROM wallet_entries w JOIN wallet_entries v ON v.id = w.reverses WHERE v.type = 'withdrawal'
) g LEFT JOIN documents d ON d.id = g.document_id LEFT JOIN staff s ON s.id = d.salesperson_id
WHERE g.method NOT IN ('write-off', 'credit-line', 'customer-credit')
  AND g.date >= :date_from -- [date_from]
  AND g.date <= :date_to -- [date_to]
  AND g.method IN :method... -- [method]
  AND g.location = :location -- [location]
  AND s.login = :salesperson -- [salesperson]
  AND g.recorded_by = :by -- [by]
  AND abs(g.cents) = :amount -- [amount]
  AND g.customer_id = :customer -- [customer]
ORDER BY g.date, g.method

-- name: quotes
-- Quotes that may still become an order, those whose time is over marked, with what their margin is worked out from.
SELECT q.*, CASE WHEN q.revenue IS NULL THEN NULL ELSE q.known - q.cost END AS profit FROM (
  SELECT d.id, d.customer_id, c.name, d.quoted_on, d.expires_on, s.login AS salesperson, d.location, d.class,
         CASE WHEN d.expires_on < :today THEN 'expired' ELSE 'active' END AS status,
         d.goods_cents + d.services_cents - d.coupon_cents - d.customer_discount_cents AS revenue, d.total_cents AS total,
         d.paid_cents + d.pending_cents AS deposits,
@{report.known}
         AS known,
         coalesce(k.cost, 0) AS cost, coalesce(k.unknown, 0) AS unknown
  FROM documents d JOIN customers c ON c.id = d.customer_id LEFT JOIN staff s ON s.id = d.salesperson_id LEFT JOIN (
@{report.earned}
@{report.open_quotes}
    GROUP BY l.document_id
  ) k ON k.document_id = d.id
@{report.open_quotes}
) q
ORDER BY q.status, q.quoted_on, q.id

-- name: open_quotes
-- Which quotes are reported.
WHERE d.ordered_on IS NULL AND d.status NOT IN ('declined', 'deleted')
  AND d.quoted_on >= :date_from -- [date_from]
  AND d.quoted_on <= :date_to -- [date_to]
  AND d.salesperson_id IN :salesperson... -- [salesperson]
  AND d.class IN :class... -- [class]
  AND d.location = :location -- [location]
  AND d.customer_id = :customer -- [customer]

-- name: known
-- The revenue of a document, d, whose cost is known, k, less its share of coupon and customer discount.
coalesce(k.goods + k.services - CASE WHEN d.goods_cents = 0 OR k.goods = d.goods_cents
  THEN d.coupon_cents + d.customer_discount_cents
  ELSE (2 * (d.coupon_cents + d.customer_discount_cents) * k.goods + d.goods_cents) / (2 * d.goods_cents) END, 0)

-- name: earned
-- What the lines of documents earned and cost: kept units and services of lines whose costs are known; how many are not.
SELECT l.document_id,
       sum(CASE WHEN
@{documents.cost_unknown}
         THEN 0 ELSE (2 * l.net_cents * (l.quantity - l.returned_quantity) + l.quantity) / (2 * l.quantity) END) AS goods,
       sum(CASE WHEN
@{documents.cost_unknown}
         THEN 0 ELSE (SELECT coalesce(sum(v.quantity * v.price_cents), 0) FROM line_services v
                      WHERE v.line_id = l.id AND v.returned = 0) END) AS services,
       sum(CASE WHEN
@{documents.cost_unknown}
         THEN 0 ELSE (l.quantity - l.returned_quantity) * coalesce(l.unit_cost_cents, 0)
           + (SELECT coalesce(sum(v.quantity * v.cost_cents), 0) FROM line_services v
              WHERE v.line_id = l.id AND v.returned = 0) END) AS cost,
       sum(CASE WHEN
@{documents.cost_unknown}
         THEN 1 ELSE 0 END) AS unknown, sum(l.quantity) AS units
FROM documents d JOIN document_lines l ON l.document_id = d.id

-- name: sold
-- Which orders are sales of a period: neither drafts nor canceled, nor owed from before hub.
WHERE d.ordered_on IS NOT NULL AND d.status NOT IN ('draft', 'canceled') AND d.opening = 0
  AND d.ordered_on >= :date_from -- [date_from]
  AND d.ordered_on <= :date_to -- [date_to]
@{report.sold_by}

-- name: sold_by
-- Filters of sales.
  AND d.salesperson_id IN :salesperson... -- [salesperson]
  AND d.class IN :class... -- [class]
  AND d.location = :location -- [location]
  AND d.source = :source -- [source]
  AND d.customer_id = :customer -- [customer]

-- name: group
-- What sales are grouped by.
       CASE :by WHEN 'day' THEN d.ordered_on WHEN 'month' THEN substr(d.ordered_on, 1, 7)
                WHEN 'year' THEN substr(d.ordered_on, 1, 4) WHEN 'class' THEN d.class
                WHEN 'location' THEN coalesce(d.location, '') WHEN 'source' THEN coalesce(d.source, '')
                WHEN 'salesperson' THEN coalesce(s.login, '') WHEN 'customer' THEN 'C' || d.customer_id END AS grp,

-- name: group_back
-- The same for returns, r, whose day is that of the return.
       CASE :by WHEN 'day' THEN r.on_day WHEN 'month' THEN substr(r.on_day, 1, 7)
                WHEN 'year' THEN substr(r.on_day, 1, 4) WHEN 'class' THEN d.class
                WHEN 'location' THEN coalesce(d.location, '') WHEN 'source' THEN coalesce(d.source, '')
                WHEN 'salesperson' THEN coalesce(s.login, '') WHEN 'customer' THEN 'C' || d.customer_id END AS grp,

-- name: group_taken_off
-- The same for adjustments, a.
       CASE :by WHEN 'day' THEN a.on_day WHEN 'month' THEN substr(a.on_day, 1, 7)
                WHEN 'year' THEN substr(a.on_day, 1, 4) WHEN 'class' THEN d.class
                WHEN 'location' THEN coalesce(d.location, '') WHEN 'source' THEN coalesce(d.source, '')
                WHEN 'salesperson' THEN coalesce(s.login, '') WHEN 'customer' THEN 'C' || d.customer_id END AS grp,

-- name: sales
-- What was sold in a period, by group.
SELECT
@{report.group}
       min(c.name) AS name, count(*) AS orders, sum(coalesce(k.units, 0)) AS units, sum(d.goods_cents) AS goods,
       sum(d.services_cents) AS services,
       sum(d.delivery_charge_cents + d.mileage_charge_cents + d.trip_charge_cents + d.shipping_charge_cents
           + d.rush_charge_cents) AS charges,
       sum(d.customer_discount_cents + d.rebate_cents + d.coupon_cents + d.gift_certificate_cents) AS discounts,
       sum(d.tax_cents) AS tax, sum(d.total_cents) AS total, sum(
@{report.known}
       ) AS known, sum(coalesce(k.cost, 0)) AS cost, sum(coalesce(k.unknown, 0)) AS unknown
FROM documents d JOIN customers c ON c.id = d.customer_id LEFT JOIN staff s ON s.id = d.salesperson_id LEFT JOIN (
@{report.earned}
@{report.sold}
  GROUP BY l.document_id
) k ON k.document_id = d.id
@{report.sold}
GROUP BY 1 ORDER BY 1

-- name: back
-- Returns, each on its day, and again below zero on the day it was taken back.
(SELECT x.*, x.returned_on AS on_day, 1 AS sign FROM returns x WHERE x.ended_on IS NULL OR x.ended_on > x.returned_on
 UNION ALL
 SELECT x.*, x.ended_on, -1 FROM returns x WHERE x.ended_on > x.returned_on) r

-- name: sales_returned
-- What was taken back in a period of orders sold then or before, by the same group.
SELECT
@{report.group_back}
       min(c.name) AS name, sum(r.sign * (
@{aging.worth}
       )) AS cents
FROM
@{report.back}
JOIN documents d ON d.id = r.document_id JOIN customers c ON c.id = d.customer_id
LEFT JOIN staff s ON s.id = d.salesperson_id
WHERE d.status <> 'canceled'
  AND r.on_day >= :date_from -- [date_from]
  AND r.on_day <= :date_to -- [date_to]
@{report.sold_by}
GROUP BY 1 ORDER BY 1

-- name: sales_adjusted
-- What was taken off afterwards in a period, by the same group: allowances, refunds with credit, less fees put on.
SELECT
@{report.group_taken_off}
       min(c.name) AS name, sum(a.sign * a.amount_cents) AS cents
FROM (
  SELECT x.*, x.adjusted_on AS on_day, 1 AS sign FROM adjustments x
  WHERE x.ended_on IS NULL OR x.ended_on > x.adjusted_on
  UNION ALL
  SELECT x.*, x.ended_on, -1 FROM adjustments x WHERE x.ended_on > x.adjusted_on
) a JOIN documents d ON d.id = a.document_id JOIN customers c ON c.id = d.customer_id
LEFT JOIN staff s ON s.id = d.salesperson_id
WHERE d.status <> 'canceled'
  AND a.on_day >= :date_from -- [date_from]
  AND a.on_day <= :date_to -- [date_to]
@{report.sold_by}
GROUP BY 1 ORDER BY 1

-- name: models
-- What was sold in a period, by model.
SELECT l.model AS grp, min(coalesce(l.description, '')) AS name, count(DISTINCT d.id) AS orders,
       sum(l.quantity) AS units, sum(l.net_cents) AS goods,
       sum((SELECT coalesce(sum(v.quantity * v.price_cents), 0) FROM line_services v WHERE v.line_id = l.id)) AS services,
       sum(CASE WHEN
@{documents.cost_unknown}
         THEN 0 ELSE (2 * l.net_cents * (l.quantity - l.returned_quantity) + l.quantity) / (2 * l.quantity)
           + (SELECT coalesce(sum(v.quantity * v.price_cents), 0) FROM line_services v
              WHERE v.line_id = l.id AND v.returned = 0) END) AS known,
       sum(CASE WHEN
@{documents.cost_unknown}
         THEN 0 ELSE (l.quantity - l.returned_quantity) * coalesce(l.unit_cost_cents, 0)
           + (SELECT coalesce(sum(v.quantity * v.cost_cents), 0) FROM line_services v
              WHERE v.line_id = l.id AND v.returned = 0) END) AS cost,
       sum(CASE WHEN
@{documents.cost_unknown}
         THEN 1 ELSE 0 END) AS unknown
FROM documents d JOIN document_lines l ON l.document_id = d.id
@{report.sold}
GROUP BY l.model ORDER BY l.model

-- name: models_returned
-- What was taken back in a period of each model, services with it, without tax, charges and fees.
SELECT l.model AS grp, min(coalesce(l.description, '')) AS name, sum(r.sign * b.amount_cents) AS cents
FROM
@{report.back}
JOIN return_lines b ON b.return_id = r.id JOIN document_lines l ON l.id = b.line_id
JOIN documents d ON d.id = r.document_id
WHERE d.status <> 'canceled'
  AND r.on_day >= :date_from -- [date_from]
  AND r.on_day <= :date_to -- [date_to]
@{report.sold_by}
GROUP BY l.model ORDER BY l.model

-- name: stages
-- Lines of orders by how far their goods are: asked for, on order, to be delivered, delivered, returned.
SELECT x.stage, count(DISTINCT x.document_id) AS orders, count(*) AS lines, sum(x.quantity) AS units, sum(x.net) AS net
FROM (
  SELECT CASE WHEN l.delivery_status IN ('delivered', 'returned') THEN l.delivery_status
              WHEN l.delivery_status IN ('scheduled', 'in-transit') THEN 'pending-delivery'
              WHEN EXISTS (SELECT 1 FROM milestones m WHERE m.document_id = d.id AND m.milestone = 'blanks-received')
                THEN 'pending-delivery'
              WHEN EXISTS (SELECT 1 FROM milestones m WHERE m.document_id = d.id AND m.milestone = 'blanks-ordered')
                THEN 'on-order'
              ELSE 'not-requested' END AS stage, d.id AS document_id, l.quantity,
         l.net_cents + (SELECT coalesce(sum(v.quantity * v.price_cents), 0) FROM line_services v WHERE v.line_id = l.id)
           AS net
  FROM documents d JOIN document_lines l ON l.document_id = d.id
@{report.sold}
    AND (',' || l.fulfillment || ',') LIKE :fulfillment -- [fulfillment]
) x GROUP BY x.stage

-- name: returned_items
-- What returns took back, line by line.
SELECT b.return_id, l.model, CASE WHEN b.service_id IS NULL THEN 'goods' ELSE v.kind END AS what, b.quantity
FROM return_lines b JOIN document_lines l ON l.id = b.line_id LEFT JOIN line_services v ON v.id = b.service_id
WHERE b.return_id IN :ids... ORDER BY b.return_id, l.line, b.id

-- name: returned_ways
-- How the money of returns went.
SELECT f.return_id, f.method, sum(f.amount_cents) AS cents FROM refunds f
WHERE f.return_id IN :ids... GROUP BY f.return_id, f.method ORDER BY f.return_id, f.method

-- name: lifetime
-- What each customer is worth, and what that is made of.
SELECT c.id AS number, c.name, f.stage, f.orders, f.first_order_on, f.last_order_on, x.total, x.returned, x.adjusted,
       x.written_off, x.total - x.returned - x.adjusted - x.written_off AS lifetime_value,
       CASE WHEN x.known > 0 AND x.known >= x.cost THEN (20000 * (x.known - x.cost) + x.known) / (2 * x.known)
            WHEN x.known > 0 THEN -((20000 * (x.cost - x.known) + x.known) / (2 * x.known)) END AS margin,
       CASE WHEN x.unknown = 0 THEN 1 ELSE 0 END AS margin_complete, :today AS as_of, f.lifetime_value_cents AS kept
FROM (
  SELECT d.customer_id, sum(d.total_cents) AS total, sum(d.returned_cents) AS returned,
         sum(d.adjusted_cents) AS adjusted, sum(d.written_off_cents) AS written_off, sum(
@{report.known}
         ) AS known, sum(coalesce(k.cost, 0)) AS cost, sum(coalesce(k.unknown, 0)) AS unknown
  FROM documents d LEFT JOIN (
@{report.earned}
@{report.sold}
    GROUP BY l.document_id
  ) k ON k.document_id = d.id
@{report.sold}
  GROUP BY d.customer_id
) x JOIN customers c ON c.id = x.customer_id JOIN customer_figures f ON f.customer_id = c.id
WHERE TRUE
  AND f.stage IN :stage... -- [stage]
  AND c.type IN :type... -- [type]
  AND c.manager_id IN :manager... -- [manager]
  AND f.lifetime_value_cents >= :least -- [least]
ORDER BY
  11 DESC, c.id -- {order}

-- name: buyers
-- Customers with what recency, frequency and value are scored by: their orders up to a day. Those without any come too.
SELECT c.id AS number, c.name, x.last_order_on, coalesce(x.orders, 0) AS orders, coalesce(x.spent, 0) AS spent
FROM customers c LEFT JOIN (
  SELECT d.customer_id, max(d.ordered_on) AS last_order_on, count(*) AS orders,
         sum(d.charged_cents - d.written_off_cents) AS spent
  FROM documents d
  WHERE d.ordered_on IS NOT NULL AND d.ordered_on <= :day AND d.status NOT IN ('draft', 'canceled') AND d.opening = 0
    AND d.swap_of IS NULL
  GROUP BY d.customer_id
) x ON x.customer_id = c.id
WHERE c.status = 'active' AND c.created_at <= :created_by
ORDER BY c.sort_name, c.id
