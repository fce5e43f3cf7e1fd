-- name: lines
-- The lines of an order with what returns that stand gave back of their goods.
SELECT l.id, l.line, l.model, l.quantity, l.returned_quantity, l.net_cents, l.delivery_status,
       (SELECT coalesce(sum(b.amount_cents), 0) FROM return_lines b JOIN returns r ON r.id = b.return_id
        WHERE b.line_id = l.id AND b.service_id IS NULL AND r.ended_on IS NULL) AS given_cents
FROM document_lines l WHERE l.document_id = :id ORDER BY l.line

-- name: services
-- The services of an order.
SELECT v.id, v.line_id, l.line, v.kind, v.name, v.quantity * v.price_cents AS cents, v.returned
FROM line_services v JOIN document_lines l ON l.id = v.line_id WHERE v.document_id = :id ORDER BY l.line, v.id

-- name: given
-- What returns that stand gave back of an order besides lines and services.
SELECT coalesce(sum(r.discount_cents), 0) AS discount, coalesce(sum(r.delivery_cents), 0) AS delivery,
       coalesce(sum(r.tax_cents), 0) AS tax
FROM returns r WHERE r.document_id = :id AND r.ended_on IS NULL

-- name: shown
-- Every return as lists show it.
SELECT r.id AS number, r.document_id AS document, r.customer_id AS customer, c.name AS customer_name,
       r.returned_on AS date, r.reason,
       (SELECT coalesce(sum(b.quantity), 0) FROM return_lines b WHERE b.return_id = r.id) AS units,
       (SELECT coalesce(sum(b.amount_cents), 0) FROM return_lines b WHERE b.return_id = r.id AND b.service_id IS NULL)
         AS goods,
       (SELECT coalesce(sum(b.amount_cents), 0) FROM return_lines b
        WHERE b.return_id = r.id AND b.service_id IS NOT NULL) AS services,
       r.discount_cents AS discount, r.delivery_cents AS delivery, r.tax_cents AS tax, r.restocking_cents AS restocking,
       (SELECT coalesce(sum(b.amount_cents), 0) FROM return_lines b WHERE b.return_id = r.id)
         + r.delivery_cents + r.tax_cents - r.discount_cents - r.restocking_cents AS refund,
       (SELECT coalesce(sum(f.amount_cents), 0) FROM refunds f WHERE f.return_id = r.id AND f.method = 'customer-credit')
         AS to_credit,
       (SELECT coalesce(sum(f.amount_cents), 0) FROM refunds f WHERE f.return_id = r.id AND f.method = 'credit-line')
         AS to_line,
       (SELECT coalesce(sum(f.amount_cents), 0) FROM refunds f
        WHERE f.return_id = r.id AND f.method NOT IN ('customer-credit', 'credit-line', 'write-off')) AS to_money,
       (SELECT coalesce(sum(f.amount_cents), 0) FROM refunds f WHERE f.return_id = r.id AND f.method = 'write-off')
         AS to_written_off,
       r.ended_on, r.recorded_at
FROM returns r JOIN customers c ON c.id = r.customer_id

-- name: list
-- Returns, the newest first.
@{returns.shown}
WHERE 1 = 1
  AND r.customer_id = :customer -- [customer]
  AND r.document_id = :document -- [document]
  AND r.returned_on >= :date_from -- [date_from]
  AND r.returned_on <= :date_to -- [date_to]
  AND r.ended_on IS NULL -- [!ended]
ORDER BY
  r.returned_on DESC, r.id DESC -- {order}

-- name: one
-- One return, an ended one too, as lists show it.
@{returns.shown}
WHERE r.id = :id
