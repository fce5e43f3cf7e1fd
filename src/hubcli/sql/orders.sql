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
       d.returned_cents AS returned, d.source
FROM documents d JOIN customers c ON c.id = d.customer_id LEFT JOIN staff s ON s.id = d.salesperson_id
@{orders.conditions}
ORDER BY
  d.ordered_on DESC, d.id DESC -- {order}

-- name: conditions
WHERE d.ordered_on IS NOT NULL
  AND d.customer_id = :customer  -- [customer]
  AND d.ordered_on >= :date_from  -- [date_from]
  AND d.ordered_on <= :date_to  -- [date_to]
  AND d.class IN :class...  -- [class]
  AND d.status IN :status...  -- [status]
  AND d.salesperson_id IN :salesperson...  -- [salesperson]
  AND d.location = :location  -- [location]
  AND lower(d.job_name) LIKE :job  -- [job]
  AND d.purchase_order = :purchase_order  -- [purchase_order]
  AND d.id IN (SELECT l.document_id FROM document_lines l WHERE l.model = :model)  -- [model]
  AND EXISTS (SELECT 1 FROM document_lines l WHERE l.document_id = d.id  -- [delivery|driver|delivery_from|delivery_to]
    AND l.delivery_status IN :delivery...  -- [delivery]
    AND lower(l.driver) = :driver  -- [driver]
    AND coalesce(l.delivered_on, l.scheduled_on) >= :delivery_from  -- [delivery_from]
    AND coalesce(l.delivered_on, l.scheduled_on) <= :delivery_to  -- [delivery_to]
  )  -- [delivery|driver|delivery_from|delivery_to]
  AND d.needed_on < :late_on AND d.open_lines > 0 AND d.status NOT IN ('draft', 'canceled', 'shipped')  -- [late_on]
  AND d.charged_cents > d.paid_cents + d.pending_cents AND d.status NOT IN ('draft', 'canceled')  -- [overdue_on]
  AND coalesce(d.due_on, CASE WHEN d.terms_days IS NULL THEN d.ordered_on END) < :overdue_on  -- [overdue_on]
  AND d.invoice_number IS NULL AND d.status NOT IN ('draft', 'canceled')  -- [uninvoiced]
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
