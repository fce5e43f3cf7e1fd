-- name: list
-- Orders, the newest first, with what was paid, how they are delivered, and the margin.
SELECT 'O' || d.id AS number, d.customer_id AS customer, c.name AS customer_name, d.ordered_on AS date, d.job_name,
       d.class, s.login AS salesperson, d.location, d.status,
@{documents.paid_status}
  AS paid_status,
@{documents.delivery_status}
  AS delivery_status,
       d.total_cents AS total, d.paid_cents + d.pending_cents AS paid,
       d.charged_cents - d.paid_cents - d.pending_cents AS balance,
@{documents.margin}
  AS margin,
@{documents.margin_complete}
  AS margin_complete,
       d.needed_on, d.purchase_order, d.invoice_number AS invoice, d.due_on,
       (SELECT min(l.scheduled_on) FROM document_lines l
        WHERE l.document_id = d.id AND l.delivery_status IN ('scheduled', 'in-transit')) AS next_delivery_on,
       d.returned_cents AS returned, d.source,
@{documents.production_status}
  AS production_status
FROM documents d JOIN customers c ON c.id = d.customer_id LEFT JOIN staff s ON s.id = d.salesperson_id
@{orders.conditions}
ORDER BY
  d.ordered_on DESC, d.id DESC -- {order}

-- name: conditions
-- Every filter of lists of orders, over d (documents).
WHERE d.ordered_on IS NOT NULL
  AND d.customer_id IN :customer...  -- [customer]
  AND any{d.ordered_on >= :date_from AND d.ordered_on <= :date_to}  -- [date_from]
  AND d.class IN :class...  -- [class]
  AND d.status IN :status...  -- [status]
  AND d.salesperson_id IN :salesperson...  -- [salesperson]
  AND d.location IN :location...  -- [location]
  AND any{lower(d.job_name) LIKE :job}  -- [job]
  AND d.purchase_order IN :purchase_order...  -- [purchase_order]
  AND d.id IN (SELECT l.document_id FROM document_lines l WHERE l.model IN :model...)  -- [model]
  AND EXISTS (SELECT 1 FROM document_lines l WHERE l.document_id = d.id  -- [delivery] -- [!planned]
    AND l.delivery_status IN :delivery...  -- [delivery] -- [!planned]
  )  -- [delivery] -- [!planned]
  AND d.id IN (SELECT l.document_id FROM document_lines l WHERE TRUE  -- [planned]
    AND l.driver IS NOT NULL AND lower(l.driver) IN :driver...  -- [planned] -- [driver]
    AND coalesce(l.delivered_on, l.scheduled_on) IS NOT NULL  -- [planned] -- [delivery_from]
    AND any{coalesce(l.delivered_on, l.scheduled_on) >= :delivery_from  -- [planned] -- [delivery_from]
      AND coalesce(l.delivered_on, l.scheduled_on) <= :delivery_to}  -- [planned] -- [delivery_from]
    AND l.delivery_status IN :delivery...  -- [planned] -- [delivery]
  )  -- [planned]
  AND d.needed_on IS NOT NULL AND d.needed_on < :late_on AND d.open_lines > 0 AND d.status NOT IN ('draft', 'canceled', 'shipped')  -- [late_on]
  AND d.charged_cents > d.paid_cents + d.pending_cents AND d.status NOT IN ('draft', 'canceled')  -- [overdue_on]
  AND d.charged_cents <> d.paid_cents + d.pending_cents  -- [overdue_on]
  AND coalesce(d.due_on, CASE WHEN d.terms_days IS NULL THEN d.ordered_on END) < :overdue_on  -- [overdue_on]
  AND d.returned_lines > 0  -- [returned]
  AND d.invoice_number IS NULL AND d.status NOT IN ('draft', 'canceled')  -- [uninvoiced]
  AND (  -- [production]
@{documents.production_status}  -- [production]
  ) IN :production...  -- [production]
  AND (  -- [paid]
@{documents.paid_status}  -- [paid]
  ) IN :paid...  -- [paid]

-- name: lines
-- The lines of orders, the newest order first: what was sold, what with it, when it is delivered, what it earned.
SELECT 'O' || d.id AS number, d.ordered_on AS date, d.customer_id AS customer, c.name AS customer_name, d.job_name,
       l.line, l.model, l.description, l.quantity, l.unit_price_cents AS unit_price, l.net_cents AS net,
       (SELECT min(v.name) FROM line_services v WHERE v.line_id = l.id AND v.kind = 'install') AS install,
       (SELECT sum(v.quantity * v.price_cents) FROM line_services v WHERE v.line_id = l.id AND v.kind = 'install')
         AS installs,
       (SELECT min(v.name) FROM line_services v WHERE v.line_id = l.id AND v.kind = 'plan') AS plan,
       (SELECT sum(v.quantity) FROM line_services v WHERE v.line_id = l.id AND v.kind = 'haul-away') AS haul_away,
       l.delivery_status, l.scheduled_on, l.delivered_on, l.driver,
@{documents.line_margin}
  AS margin,
       l.returned_quantity
FROM document_lines l JOIN documents d ON d.id = l.document_id JOIN customers c ON c.id = d.customer_id
@{orders.conditions}
ORDER BY
  d.ordered_on DESC, d.id DESC, l.line -- {order}

-- name: lifetime
-- What stands above the orders of one customer.
SELECT c.name, f.lifetime_value_cents, f.orders, f.stage FROM customers c JOIN customer_figures f ON f.customer_id = c.id
WHERE c.id = :customer

-- name: production
-- Orders in the workshop with the days of their milestones, those needed first on top.
SELECT 'O' || o.id AS number, o.customer, o.customer_name, o.job_name, o.needed_on, o.late, o.production_status,
       o.payment_terms_met, o.blanks_ordered, o.blanks_received, o.artwork_approved, o.production_complete, o.shipped,
       o.status, o.delivery_status
FROM (
  SELECT d.id, d.customer_id AS customer, c.name AS customer_name, d.job_name, d.needed_on, d.status, d.ordered_on,
         CASE WHEN d.needed_on < :today AND d.open_lines > 0 AND d.status <> 'shipped' THEN 1 ELSE 0 END AS late,
@{documents.production_status}
         AS production_status,
@{documents.delivery_status}
         AS delivery_status,
@{documents.reached}
  FROM documents d JOIN customers c ON c.id = d.customer_id
  WHERE d.ordered_on IS NOT NULL AND d.status <> 'draft'
    AND d.id IN :ids...  -- [ids]
    AND d.status NOT IN ('shipped', 'canceled')  -- [!status] -- [!ids]
    AND d.customer_id IN :customer...  -- [customer]
    AND any{d.needed_on >= :needed_from AND d.needed_on <= :needed_to}  -- [needed_from]
) o
WHERE 1 = 1
  AND o.production_status IN :status...  -- [status]
  AND o.late = 1  -- [late]
  AND o.payment_terms_met IS NULL  -- [no_payment_terms_met]
  AND o.blanks_ordered IS NULL  -- [no_blanks_ordered]
  AND o.blanks_received IS NULL  -- [no_blanks_received]
  AND o.artwork_approved IS NULL  -- [no_artwork_approved]
  AND o.production_complete IS NULL  -- [no_production_complete]
  AND o.shipped IS NULL  -- [no_shipped]
ORDER BY
  coalesce(o.needed_on, '9999'), o.ordered_on, o.id -- {order}

-- name: plan_days
-- Plans that were sold and kept; `months_on` counts the months up to the one in which a plan ends: so many after the
-- delivery, the day before.
SELECT d.id, l.line, l.model, l.id AS line_id, d.customer_id, v.name, v.quantity, v.months, l.delivered_on,
       CAST(substr(l.delivered_on, 9, 2) AS INTEGER) AS day,
       CAST(substr(l.delivered_on, 1, 4) AS INTEGER) * 12 + CAST(substr(l.delivered_on, 6, 2) AS INTEGER) - 1 + v.months
         - CASE WHEN substr(l.delivered_on, 9, 2) = '01' THEN 1 ELSE 0 END AS months_on
FROM line_services v JOIN document_lines l ON l.id = v.line_id JOIN documents d ON d.id = v.document_id
WHERE v.kind = 'plan' AND v.returned = 0 AND d.ordered_on IS NOT NULL AND d.status NOT IN ('draft', 'canceled')

-- name: plan_ends
-- The same with the last day that each covers; none before the delivery, or where no months are known.
SELECT m.*, CASE WHEN m.months_on IS NOT NULL THEN
    (m.months_on / 12) || '-' || CASE WHEN m.months_on % 12 < 9 THEN '0' ELSE '' END || (m.months_on % 12 + 1) || '-'
    || CASE WHEN m.last_day < 10 THEN '0' ELSE '' END || m.last_day END AS ends_on
FROM (
  SELECT n.*, CASE WHEN n.day = 1 THEN n.days WHEN n.day > n.days THEN n.days - 1 ELSE n.day - 1 END AS last_day
  FROM (
    SELECT p.*, CASE p.months_on % 12 + 1 WHEN 4 THEN 30 WHEN 6 THEN 30 WHEN 9 THEN 30 WHEN 11 THEN 30
             WHEN 2 THEN CASE WHEN (p.months_on / 12) % 4 = 0
                               AND ((p.months_on / 12) % 100 <> 0 OR (p.months_on / 12) % 400 = 0) THEN 29 ELSE 28 END
             ELSE 31 END AS days
    FROM (
@{orders.plan_days}
    ) p) n) m

-- name: plans
-- Protection plans with the last day that each covers, those that end first on top.
SELECT 'O' || e.id AS number, e.customer_id AS customer, c.name AS customer_name, e.line, e.model,
       (SELECT min(s.serial) FROM line_serials s WHERE s.line_id = e.line_id) AS serial, e.name AS plan, e.quantity,
       e.months, e.delivered_on, e.ends_on, CASE WHEN e.ends_on >= :today THEN 1 ELSE 0 END AS covered
FROM (
@{orders.plan_ends}
) e JOIN customers c ON c.id = e.customer_id
WHERE 1 = 1
  AND e.customer_id IN :customer...  -- [customer]
  AND e.model IN :model...  -- [model]
  AND e.line_id IN (SELECT s.line_id FROM line_serials s WHERE s.serial_key IN :serial...)  -- [serial]
  AND any{e.ends_on >= :ends_from AND e.ends_on <= :ends_to}  -- [ends_from]
  AND e.ends_on >= :today  -- [covered]
ORDER BY
  coalesce(e.ends_on, '9999'), e.id, e.line -- {order}
