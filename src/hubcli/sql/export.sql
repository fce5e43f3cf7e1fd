-- name: customers
-- Customers as hub's own CSV has them, in its order of columns; the import reads the same.
@{export.customer_rows}
ORDER BY
  CASE WHEN c.id = :numbered THEN 0 ELSE 1 END,  -- [numbered]
  CASE WHEN b.zip IN :zip_exact... THEN 0 ELSE 1 END,  -- [zip_exact]
  c.sort_name, c.id -- {order}

-- name: customer_rows
-- Customers as hub's own CSV has them, one row each; money in cents.
SELECT c.id AS number, c.kind, c.company_name, c.building_code, c.first_name, c.last_name, c.email,
@{export.billing_emails}
       c.mobile_phone, c.home_phone, c.alternate_phone,
       b.line1 AS billing_line1, b.line2 AS billing_line2, b.city AS billing_city, b.state AS billing_state,
       b.zip AS billing_zip, c.type, c.source, c.found_us, f.stage, s.login AS manager, c.tax_exempt,
       f.credit_cents AS credit_balance, k.limit_cents AS credit_limit,
       CASE WHEN k.id IS NOT NULL THEN
@{credit_line.used_of}
       END AS credit_used, m.name AS credit_terms,
       f.lifetime_value_cents AS lifetime_value, f.orders, f.first_order_on, f.last_order_on,
       c.created_at, c.archived_at, b.country AS billing_country,
       a.line1 AS delivery_line1, a.line2 AS delivery_line2, a.city AS delivery_city, a.state AS delivery_state,
       a.zip AS delivery_zip, a.country AS delivery_country, c.name, c.status,
@{export.external_ids}
       f.last_activity_on
       , c.sort_name  -- [as_text]
       , c.consent  -- [show_consent]
       ,  -- [own_fields]
@{export.own_fields}  -- [own_fields]
@{search.source}
LEFT JOIN addresses b ON b.customer_id = c.id AND b.kind = 'billing'
LEFT JOIN addresses a ON a.customer_id = c.id AND a.is_default = 1
LEFT JOIN staff s ON s.id = c.manager_id
LEFT JOIN credit_lines k ON k.customer_id = c.id AND k.closed_on IS NULL
LEFT JOIN terms m ON m.id = k.terms_id
@{search.hit}
@{customers.conditions}

-- name: orders
-- Orders as hub's own CSV has them: one row for each line, the order's own values on every row.
SELECT d.id AS number, d.customer_id AS customer, c.name AS customer_name, d.ordered_on, d.job_name, d.class, d.source,
       s.login AS salesperson, d.location, d.purchase_order, d.needed_on, d.status,
       CASE WHEN d.open_lines = 0 THEN (SELECT max(x.delivered_on) FROM document_lines x WHERE x.document_id = d.id) END
         AS delivered_on,
       l.line, l.model, l.description, l.quantity, l.unit_price_cents AS unit_price, l.unit_cost_cents AS unit_cost,
@{export.discount}
       d.delivery_charge_cents AS delivery_charge, d.mileage_charge_cents AS mileage_charge,
       d.trip_charge_cents AS trip_charge, d.shipping_charge_cents AS shipping_charge,
       d.rush_charge_cents AS rush_charge, d.customer_discount_cents AS customer_discount, d.rebate_cents AS rebate,
       d.coupon_cents AS coupon, d.gift_certificate_cents AS gift_certificate, d.tax_cents AS tax,
       d.total_cents AS total, d.paid_cents AS paid,
       (SELECT x.system || ':' || x.external_id FROM external_ids x WHERE x.document_id = d.id ORDER BY x.id LIMIT 1)
         AS external_id,
       l.fulfillment,
@{export.installs}
@{export.haul_away}
@{export.plan}
       d.services_cents AS services, d.total_cents - d.charged_cents AS taken_off
FROM documents d
CROSS JOIN document_lines l
LEFT JOIN customers c ON c.id = d.customer_id
LEFT JOIN staff s ON s.id = d.salesperson_id
WHERE l.document_id = d.id AND d.ordered_on IS NOT NULL
  AND d.status IN :status...  -- [status]
  AND d.customer_id IN :customer...  -- [customer]
  AND any{d.ordered_on >= :ordered_from AND d.ordered_on <= :ordered_to}  -- [ordered_from]
  AND d.id IN (  -- [changed_after|changed_at]
@{export.changed_documents}  -- [changed_after|changed_at]
  )  -- [changed_after|changed_at]
ORDER BY
  d.id, l.line -- {order}

-- name: changed_documents
-- Documents that changed, themselves or in their lines, payments or numbers elsewhere.
    SELECT CASE g.tbl WHEN 'documents' THEN g.row_id
                WHEN 'document_lines' THEN (SELECT x.document_id FROM document_lines x WHERE x.id = g.row_id)
                WHEN 'payments' THEN (SELECT x.document_id FROM payments x WHERE x.id = g.row_id)
                WHEN 'external_ids' THEN (SELECT x.document_id FROM external_ids x WHERE x.id = g.row_id) END
    FROM changelog g JOIN changes h ON h.id = g.change_id
    WHERE g.tbl IN ('documents', 'document_lines', 'payments', 'external_ids')
      AND h.id > :changed_after  -- [changed_after] -- [!changed_at]
      AND h.recorded_at >= :changed_at  -- [changed_at] -- [!changed_after]
      AND (h.id > :changed_after OR h.recorded_at >= :changed_at)  -- [changed_after] -- [changed_at]

-- name: quotes
-- Quotes as hub's own CSV has them: one row for each line, the quote's own values on every row, services as typed.
SELECT d.id AS number, d.customer_id AS customer, c.name AS customer_name, d.quoted_on, d.expires_on, d.job_name, d.class,
       d.source, s.login AS salesperson, d.location, d.purchase_order, d.needed_on, d.status,
       l.line, l.model, l.description, l.quantity, l.unit_price_cents AS unit_price, l.unit_cost_cents AS unit_cost,
@{export.discount}
       l.fulfillment,
@{export.installs}
@{export.haul_away}
@{export.plan}
       d.delivery_charge_cents AS delivery_charge, d.mileage_charge_cents AS mileage_charge,
       d.trip_charge_cents AS trip_charge, d.shipping_charge_cents AS shipping_charge,
       d.rush_charge_cents AS rush_charge, d.customer_discount_cents AS customer_discount, d.rebate_cents AS rebate,
       d.coupon_cents AS coupon, d.gift_certificate_cents AS gift_certificate, d.tax_rate, d.tax_cents AS tax,
       d.total_cents AS total, d.paid_cents AS paid,
       (SELECT x.system || ':' || x.external_id FROM external_ids x WHERE x.document_id = d.id ORDER BY x.id LIMIT 1)
         AS external_id
FROM documents d
JOIN document_lines l ON l.document_id = d.id
JOIN customers c ON c.id = d.customer_id
LEFT JOIN staff s ON s.id = d.salesperson_id
WHERE d.ordered_on IS NULL
  AND d.status IN :status...  -- [status]
  AND d.customer_id IN :customer...  -- [customer]
  AND any{d.quoted_on >= :date_from AND d.quoted_on <= :date_to}  -- [date_from]
ORDER BY
  d.id, l.line -- {order}

-- name: discount
-- What is off a line (l). A percentage is kept in basis points and written without zeros that say nothing; with an
-- amount beside it, both are one amount.
       CASE WHEN l.discount_rate = 0 AND l.discount_cents = 0 THEN NULL
            WHEN l.discount_cents = 0 THEN (l.discount_rate / 100) || CASE
                 WHEN l.discount_rate % 100 = 0 THEN ''
                 WHEN l.discount_rate % 10 = 0 THEN '.' || (l.discount_rate % 100 / 10)
                 ELSE '.' || (l.discount_rate % 100 / 10) || (l.discount_rate % 10) END || '%'
            ELSE ((l.quantity * l.unit_price_cents - l.net_cents) / 100) || '.'
                 || ((l.quantity * l.unit_price_cents - l.net_cents) % 100 / 10)
                 || ((l.quantity * l.unit_price_cents - l.net_cents) % 10) END AS discount,

-- name: haul_away
-- What is taken away with a line, l, as it is typed: 1@25.00.
       CASE WHEN d.services_cents <> 0 THEN (SELECT v.quantity || '@' ||
@{export.priced}
        FROM line_services v WHERE v.line_id = l.id AND v.kind = 'haul-away' ORDER BY v.id LIMIT 1) END AS haul_away,

-- name: plan
-- The protection plan of a line, l, as it is typed, and its months.
       CASE WHEN d.services_cents <> 0 THEN (SELECT v.name || '@' ||
@{export.priced}
        FROM line_services v WHERE v.line_id = l.id AND v.kind = 'plan' ORDER BY v.id LIMIT 1) END AS plan,
       (SELECT v.months FROM line_services v WHERE v.line_id = l.id AND v.kind = 'plan' ORDER BY v.id LIMIT 1)
         AS plan_months,

-- name: priced
-- Price and cost of a service, v, as they are typed: 159.00/60.00.
          (v.price_cents / 100) || '.' || (v.price_cents % 100 / 10) || (v.price_cents % 10)
            || CASE WHEN v.cost_cents IS NULL OR (v.kind = 'haul-away' AND v.cost_cents = 0) THEN '' ELSE
                 '/' || (v.cost_cents / 100) || '.' || (v.cost_cents % 100 / 10) || (v.cost_cents % 10) END

-- name: credit
-- Every entry of customer credit with the balance after it, the first one first.
SELECT w.id AS entry, w.customer_id AS customer, c.name AS customer_name, w.entered_on AS date, w.type,
       w.amount_cents AS amount, sum(w.amount_cents) OVER (PARTITION BY w.customer_id ORDER BY w.id) AS balance,
       CASE WHEN d.id IS NULL THEN NULL WHEN d.ordered_on IS NULL THEN 'Q' || d.id ELSE 'O' || d.id END AS document,
       w.method, w.reference, w.receipt, w.location, w.note, w.recorded_by AS by, w.recorded_at
FROM wallet_entries w JOIN customers c ON c.id = w.customer_id LEFT JOIN documents d ON d.id = w.document_id
WHERE 1 = 1
  AND w.customer_id IN :customer...  -- [customer]
  AND any{w.entered_on >= :date_from AND w.entered_on <= :date_to}  -- [date_from]
ORDER BY
  w.id -- {order}

-- name: models
-- The catalogue as hub's own CSV has it, one row each model; price and cost in cents.
SELECT m.model, m.description, m.price_cents AS price, m.cost_cents AS cost, m.condition, m.discontinued
FROM models m
ORDER BY
  m.model -- {order}

-- name: notes
-- Notes as hub's own CSV has them, one row each, deleted ones left out.
SELECT n.id AS number, n.customer_id AS customer, c.name AS customer_name, n.type, n.persistence, n.important, n.text,
       n.author, n.written_on
FROM notes n JOIN customers c ON c.id = n.customer_id
WHERE n.deleted_at IS NULL
  AND n.customer_id IN :customer...  -- [customer]
  AND n.id IN (  -- [changed_after|changed_at]
    SELECT g.row_id FROM changelog g WHERE g.tbl = 'notes' AND g.change_id > :changed_after  -- [changed_after]
    UNION  -- [changed_after] -- [changed_at]
    SELECT g.row_id FROM changelog g JOIN changes h ON h.id = g.change_id  -- [changed_at]
    WHERE g.tbl = 'notes' AND h.recorded_at >= :changed_at  -- [changed_at]
  )  -- [changed_after|changed_at]
ORDER BY
  n.id -- {order}

-- name: changelog
-- Every entry of the change log with who, when and why, oldest first.
SELECT h.recorded_at AS at, h.actor, h.id AS change, h.command, r.reason, l.tbl, l.row_id, l.operation, l.field,
       l.old, l.new, l.digest, l.subject, l.seq
FROM changelog l JOIN changes h ON h.id = l.change_id LEFT JOIN change_reasons r ON r.change_id = h.id
WHERE TRUE
  AND l.subject IN :customer...  -- [customer]
  AND h.actor IN :by...  -- [by]
  AND l.change_id > :changed_after  -- [changed_after] -- [!changed_at]
  AND h.recorded_at >= :changed_at  -- [changed_at] -- [!changed_after]
  AND (l.change_id > :changed_after OR h.recorded_at >= :changed_at)  -- [changed_after] -- [changed_at]
ORDER BY l.seq
