-- name: head
-- A document with whose it is, who sells it, and the figures that follow from its rows.
SELECT d.*, c.name AS customer_name, c.status AS customer_status, s.login AS salesperson,
       d.charged_cents - d.paid_cents - d.pending_cents AS balance_cents,
@{documents.paid_status}
  AS paid_status,
@{documents.delivery_status}
  AS delivery_status,
@{documents.margin}
  AS margin,
@{documents.margin_complete}
  AS margin_complete,
@{documents.draws_due}
  AS draws_due_cents
FROM documents d JOIN customers c ON c.id = d.customer_id LEFT JOIN staff s ON s.id = d.salesperson_id
WHERE d.id = :id

-- name: paid_status
-- Of an order that counts: returned when all its units and services are, due while confirmed money or a repayment is
-- missing, else paid.
CASE WHEN d.ordered_on IS NULL OR d.status IN ('draft', 'canceled') THEN NULL
     WHEN d.returned_lines > 0 AND d.open_lines = 0
      AND NOT EXISTS (SELECT 1 FROM document_lines l WHERE l.document_id = d.id AND l.delivery_status <> 'returned')
      AND NOT EXISTS (SELECT 1 FROM line_services v WHERE v.document_id = d.id AND v.returned = 0) THEN 'returned'
     WHEN d.charged_cents > d.paid_cents THEN 'due'
     WHEN EXISTS (SELECT 1 FROM payments p WHERE p.document_id = d.id AND p.method = 'credit-line'
                    AND p.status = 'confirmed' AND p.amount_cents > (
                      SELECT coalesce(sum(r.amount_cents), 0) FROM line_repayments r
                      WHERE r.payment_id = p.id AND r.status = 'confirmed')) THEN 'due'
     ELSE 'paid' END

-- name: delivery_status
-- Of an order: that of its least advanced line that was not returned.
CASE WHEN d.ordered_on IS NOT NULL THEN (
  SELECT CASE min(CASE l.delivery_status WHEN 'open' THEN 0 WHEN 'scheduled' THEN 1 WHEN 'in-transit' THEN 2
                                         WHEN 'delivered' THEN 3 ELSE 4 END)
         WHEN 0 THEN 'open' WHEN 1 THEN 'scheduled' WHEN 2 THEN 'in-transit' WHEN 3 THEN 'delivered'
         WHEN 4 THEN 'returned' END
  FROM document_lines l WHERE l.document_id = d.id) END

-- name: draws_due
-- What is still to be repaid of draws on the credit line for this document.
(SELECT coalesce(sum(p.amount_cents), 0) FROM payments p WHERE p.document_id = d.id AND p.method = 'credit-line'
    AND p.status = 'confirmed')
- (SELECT coalesce(sum(r.amount_cents), 0) FROM line_repayments r JOIN payments p ON p.id = r.payment_id
   WHERE p.document_id = d.id AND p.method = 'credit-line' AND p.status = 'confirmed' AND r.status = 'confirmed')

-- name: cost_unknown
-- A line, l, that still has something sold whose cost is not known.
(l.quantity > l.returned_quantity AND l.unit_cost_cents IS NULL)
  OR EXISTS (SELECT 1 FROM line_services v WHERE v.line_id = l.id AND v.returned = 0 AND v.cost_cents IS NULL)

-- name: margin_complete
-- Whether every cost of what was sold and kept is known.
NOT EXISTS (SELECT 1 FROM document_lines l WHERE l.document_id = d.id AND (
@{documents.cost_unknown}
))

-- name: margin
-- (revenue - cost) / revenue in basis points, rounded half away from zero, over kept units and services of lines whose
-- costs are known, less those lines' share of coupon and customer discount; no tax, no charges, no rebate.
(SELECT CASE WHEN m.revenue > 0 AND m.revenue >= m.cost
             THEN (20000 * (m.revenue - m.cost) + m.revenue) / (2 * m.revenue)
             WHEN m.revenue > 0 THEN -((20000 * (m.cost - m.revenue) + m.revenue) / (2 * m.revenue)) END
 FROM (
   SELECT k.goods + k.services - CASE WHEN k.goods = d.goods_cents OR d.goods_cents = 0
            THEN d.coupon_cents + d.customer_discount_cents
            ELSE (2 * (d.coupon_cents + d.customer_discount_cents) * k.goods + d.goods_cents) / (2 * d.goods_cents) END
            AS revenue, k.cost
   FROM (
     SELECT sum((2 * l.net_cents * (l.quantity - l.returned_quantity) + l.quantity) / (2 * l.quantity)) AS goods,
            sum((SELECT coalesce(sum(v.quantity * v.price_cents), 0) FROM line_services v
                 WHERE v.line_id = l.id AND v.returned = 0)) AS services,
            sum((l.quantity - l.returned_quantity) * coalesce(l.unit_cost_cents, 0)
                + (SELECT coalesce(sum(v.quantity * v.cost_cents), 0) FROM line_services v
                   WHERE v.line_id = l.id AND v.returned = 0)) AS cost
     FROM document_lines l WHERE l.document_id = d.id AND NOT (
@{documents.cost_unknown}
     )) k) m)

-- name: line_margin
-- The same for one line, l, of a document, d: none where a cost is not known.
(SELECT CASE WHEN m.revenue > 0 AND m.revenue >= m.cost
             THEN (20000 * (m.revenue - m.cost) + m.revenue) / (2 * m.revenue)
             WHEN m.revenue > 0 THEN -((20000 * (m.cost - m.revenue) + m.revenue) / (2 * m.revenue)) END
 FROM (
   SELECT k.goods + k.services - CASE WHEN d.goods_cents = 0 THEN 0
            ELSE (2 * (d.coupon_cents + d.customer_discount_cents) * k.goods + d.goods_cents) / (2 * d.goods_cents) END
            AS revenue, k.cost
   FROM (
     SELECT (2 * l.net_cents * (l.quantity - l.returned_quantity) + l.quantity) / (2 * l.quantity) AS goods,
            (SELECT coalesce(sum(v.quantity * v.price_cents), 0) FROM line_services v
             WHERE v.line_id = l.id AND v.returned = 0) AS services,
            (l.quantity - l.returned_quantity) * coalesce(l.unit_cost_cents, 0)
              + (SELECT coalesce(sum(v.quantity * v.cost_cents), 0) FROM line_services v
                 WHERE v.line_id = l.id AND v.returned = 0) AS cost
     WHERE NOT (
@{documents.cost_unknown}
     )) k) m)

-- name: by_invoice
SELECT id FROM documents WHERE invoice_number = :invoice

-- name: by_external
SELECT document_id AS id FROM external_ids
WHERE system = :system AND external_id = :external_id AND document_id IS NOT NULL

-- name: bases
-- What the customer discount and the tax of a document are worked out from.
SELECT d.id, d.goods_cents, d.coupon_cents, d.customer_discount_cents, d.customer_discount_rate, d.tax_rate,
       d.tax_exempt, d.tax_typed, d.tax_cents, d.delivery_charge_cents, d.mileage_charge_cents,
       d.shipping_charge_cents, d.trip_charge_cents,
       (SELECT coalesce(sum(quantity * price_cents), 0) FROM line_services WHERE document_id = d.id AND kind = 'install')
         AS install_cents,
       (SELECT coalesce(sum(quantity * price_cents), 0) FROM line_services WHERE document_id = d.id AND kind = 'haul-away')
         AS haul_away_cents,
       (SELECT coalesce(sum(quantity * price_cents), 0) FROM line_services WHERE document_id = d.id AND kind = 'plan')
         AS plan_cents
FROM documents d WHERE d.id = :id

-- name: last_number
-- The highest number that any document has.
SELECT max(id) AS number FROM documents

-- name: last_invoice
SELECT max(invoice_number) AS number FROM documents WHERE invoice_number IS NOT NULL

-- name: line_terms
-- The terms of a customer's open credit line.
SELECT t.* FROM credit_lines c JOIN terms t ON t.id = c.terms_id WHERE c.customer_id = :customer AND c.closed_on IS NULL

-- name: terms
SELECT * FROM terms WHERE lower(name) = lower(:name) AND retired = 0

-- name: all_terms
SELECT name FROM terms WHERE retired = 0 ORDER BY id

-- name: lines
SELECT * FROM document_lines WHERE document_id = :id ORDER BY line

-- name: line_by_id
SELECT * FROM document_lines WHERE id = :id

-- name: services
SELECT v.*, l.line FROM line_services v JOIN document_lines l ON l.id = v.line_id WHERE v.document_id = :id
ORDER BY l.line, v.id

-- name: serials
SELECT n.id, n.line_id, n.serial FROM line_serials n JOIN document_lines l ON l.id = n.line_id
WHERE l.document_id = :id ORDER BY l.line, n.id

-- name: serials_of
SELECT id, serial FROM line_serials WHERE line_id = :line ORDER BY id

-- name: remove_serial
DELETE FROM line_serials WHERE id = :id

-- name: last_delivery
-- The last day a line of a document was delivered.
SELECT max(delivered_on) AS day FROM document_lines WHERE document_id = :id AND delivery_status = 'delivered'

-- name: unfulfilled
-- Lines that say nothing of how they are fulfilled: they keep a quote from being paid.
SELECT line, model FROM document_lines WHERE document_id = :id AND fulfillment IS NULL ORDER BY line

-- name: next_line
-- The next line number of a document: never one that was used.
SELECT d.next_line, (SELECT max(line) + 1 FROM document_lines WHERE document_id = d.id) AS after_last
FROM documents d WHERE d.id = :id

-- name: remove_services
DELETE FROM line_services WHERE line_id = :line
  AND kind = :kind  -- [kind]

-- name: plan_quantity
-- A plan covers every unit of its line.
UPDATE line_services SET quantity = :quantity WHERE line_id = :line AND kind = 'plan' AND quantity <> :quantity

-- name: remove_line
DELETE FROM document_lines WHERE id = :id

-- name: remove_draft_services
DELETE FROM line_services WHERE document_id = :id

-- name: remove_draft_serials
DELETE FROM line_serials WHERE line_id IN (SELECT id FROM document_lines WHERE document_id = :id)

-- name: remove_draft_lines
DELETE FROM document_lines WHERE document_id = :id

-- name: remove_draft_ids
DELETE FROM external_ids WHERE document_id = :id

-- name: remove_draft
DELETE FROM documents WHERE id = :id

-- name: payments
-- Money on a document, the oldest first.
SELECT id, paid_on, method, status, amount_cents, reference, note, recorded_by,
       (SELECT coalesce(sum(r.amount_cents), 0) FROM refunds r WHERE r.payment_id = p.id) AS refunded_cents
FROM payments p WHERE document_id = :id AND status <> 'incomplete' ORDER BY paid_on, id

-- name: returns
-- What was taken back of a document, with what it gave back.
SELECT r.id, r.returned_on, r.reason, r.restocking_cents, r.delivery_cents, r.tax_cents,
       (SELECT coalesce(sum(amount_cents), 0) FROM return_lines WHERE return_id = r.id) + r.delivery_cents
         + r.tax_cents - r.discount_cents - r.restocking_cents AS refund_cents
FROM returns r WHERE r.document_id = :id ORDER BY r.id

-- name: return_lines
SELECT t.return_id, l.line, l.model, v.name AS service, t.quantity, t.amount_cents
FROM return_lines t JOIN document_lines l ON l.id = t.line_id LEFT JOIN line_services v ON v.id = t.service_id
WHERE t.document_id = :id ORDER BY t.id

-- name: adjustments
SELECT kind, amount_cents, reason, adjusted_on FROM adjustments WHERE document_id = :id ORDER BY id

-- name: notes
-- What stands on every document of its customer, computed when read.
SELECT n.id, n.type, n.persistence, n.important, n.text, n.author, n.written_on
FROM notes n JOIN documents d ON d.customer_id = n.customer_id
WHERE d.id = :id AND n.deleted_at IS NULL AND n.persistence = 'persistent' ORDER BY n.important DESC, n.id

-- name: important
-- What to know before anything is sold to a customer.
SELECT id, text FROM notes WHERE customer_id = :customer AND important = 1 AND deleted_at IS NULL ORDER BY id

-- name: external_ids
SELECT system, external_id FROM external_ids WHERE document_id = :id ORDER BY system, external_id

-- name: brief
-- What is printed of documents that were written.
SELECT CASE WHEN d.ordered_on IS NULL THEN 'Q' ELSE 'O' END || d.id AS number, d.customer_id AS customer,
       c.name AS customer_name, coalesce(d.ordered_on, d.quoted_on) AS date, d.status,
       CASE WHEN d.ordered_on IS NULL THEN d.expires_on END AS expires_on, d.tax_cents AS tax, d.total_cents AS total,
       d.paid_cents + d.pending_cents AS paid, d.charged_cents - d.paid_cents - d.pending_cents AS balance
FROM documents d JOIN customers c ON c.id = d.customer_id WHERE d.id IN :ids... ORDER BY d.id

-- name: money_of_others
-- Payments of a document that came out of the customer's own credit or credit line.
SELECT id, method FROM payments WHERE document_id = :id AND method IN ('customer-credit', 'credit-line')
  AND status IN ('confirmed', 'pending')

-- name: move_payments
UPDATE payments SET customer_id = :customer WHERE document_id = :id

-- name: move_refunds
UPDATE refunds SET customer_id = :customer WHERE document_id = :id

-- name: move_adjustments
UPDATE adjustments SET customer_id = :customer WHERE document_id = :id

-- name: move_returns
UPDATE returns SET customer_id = :customer WHERE document_id = :id

-- name: wallet_of
-- Entries of customer credit that a document gave or took.
SELECT id FROM wallet_entries WHERE document_id = :id LIMIT 1
