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

-- name: terms_met
-- Whether enough was paid for an order to proceed: its deposit, or all of it where there are no terms.
d.paid_cents >= CASE WHEN d.terms_deposit_rate IS NULL THEN d.charged_cents
                     ELSE (d.charged_cents * d.terms_deposit_rate + 5000) / 10000 END

-- name: production_status
-- Where an order stands in the workshop: held, or before the first milestone that it has not reached.
CASE WHEN d.ordered_on IS NULL OR d.status = 'draft' THEN NULL
     WHEN d.status = 'canceled' THEN 'canceled'
     WHEN d.production_hold = 1 THEN 'on-hold'
     WHEN d.status = 'shipped' THEN 'shipped'
     WHEN NOT (
@{documents.terms_met}
     ) THEN 'pending'
     WHEN NOT EXISTS (SELECT 1 FROM milestones m WHERE m.document_id = d.id AND m.milestone = 'blanks-ordered')
     THEN 'awaiting-po'
     WHEN NOT EXISTS (SELECT 1 FROM milestones m WHERE m.document_id = d.id AND m.milestone = 'blanks-received')
     THEN 'awaiting-stock'
     WHEN NOT EXISTS (SELECT 1 FROM milestones m WHERE m.document_id = d.id AND m.milestone = 'artwork-approved')
     THEN 'awaiting-artwork'
     WHEN NOT EXISTS (SELECT 1 FROM milestones m WHERE m.document_id = d.id AND m.milestone = 'production-complete')
     THEN 'awaiting-processing'
     ELSE 'awaiting-shipping' END

-- name: reached
-- The days of the six milestones of an order, d. That the payment terms are met and that it shipped follow by
-- themselves: the day on which the money first reached what the terms ask for, the day it was shipped.
CASE WHEN d.ordered_on IS NOT NULL AND (
@{documents.terms_met}
) THEN coalesce((SELECT min(p.paid_on) FROM payments p WHERE p.document_id = d.id AND p.status = 'confirmed'
    AND (SELECT sum(q.amount_cents) FROM payments q WHERE q.document_id = d.id AND q.status = 'confirmed'
           AND q.paid_on <= p.paid_on)
      >= CASE WHEN d.terms_deposit_rate IS NULL THEN d.charged_cents
              ELSE (d.charged_cents * d.terms_deposit_rate + 5000) / 10000 END), d.ordered_on) END AS payment_terms_met,
(SELECT reached_on FROM milestones m WHERE m.document_id = d.id AND m.milestone = 'blanks-ordered') AS blanks_ordered,
(SELECT reached_on FROM milestones m WHERE m.document_id = d.id AND m.milestone = 'blanks-received') AS blanks_received,
(SELECT reached_on FROM milestones m WHERE m.document_id = d.id AND m.milestone = 'artwork-approved')
  AS artwork_approved,
(SELECT reached_on FROM milestones m WHERE m.document_id = d.id AND m.milestone = 'production-complete')
  AS production_complete,
d.shipped_on AS shipped

-- name: production
-- Where an order stands in the workshop, with the days of its milestones.
SELECT
@{documents.production_status}
  AS production_status,
@{documents.reached}
FROM documents d WHERE d.id = :id

-- name: milestone
-- A milestone of a document, if it was reached.
SELECT id, reached_on FROM milestones WHERE document_id = :id AND milestone = :milestone

-- name: clear_milestone
-- Takes a milestone of a document back.
DELETE FROM milestones WHERE document_id = :id AND milestone = :milestone

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
-- The document that an invoice number was given to.
SELECT id FROM documents WHERE invoice_number = :invoice

-- name: by_external
-- The document that another system knows under a number.
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
-- The highest invoice number given; none before the first.
SELECT max(invoice_number) AS number FROM documents WHERE invoice_number IS NOT NULL

-- name: line_terms
-- The terms of an open credit line.
SELECT t.* FROM credit_lines c JOIN terms t ON t.id = c.terms_id WHERE c.customer_id = :customer AND c.closed_on IS NULL

-- name: tax_rate_on
-- The tax rate that holds on a day.
SELECT rate FROM tax_rates WHERE starts_on <= :day ORDER BY starts_on DESC LIMIT 1

-- name: terms
-- Terms that may be chosen, by their name in whatever case.
SELECT * FROM terms WHERE lower(name) = lower(:name) AND retired = 0

-- name: all_terms
-- The names of the terms that may be chosen.
SELECT name FROM terms WHERE retired = 0 ORDER BY id

-- name: lines
-- The lines of a document, all columns: money in cents, discount_rate in basis points.
SELECT * FROM document_lines WHERE document_id = :id ORDER BY line

-- name: line_by_id
-- One line by its row number, whichever document it is of.
SELECT * FROM document_lines WHERE id = :id

-- name: services
-- The services of a document with the number of their line, prices in cents.
SELECT v.*, l.line FROM line_services v JOIN document_lines l ON l.id = v.line_id WHERE v.document_id = :id
ORDER BY l.line, v.id

-- name: serials
-- The serial numbers of a document, line by line.
SELECT n.id, n.line_id, n.serial FROM line_serials n JOIN document_lines l ON l.id = n.line_id
WHERE l.document_id = :id ORDER BY l.line, n.id

-- name: serials_of
-- The serial numbers of one line, in the order they were entered.
SELECT id, serial FROM line_serials WHERE line_id = :line ORDER BY id

-- name: remove_serial
-- Removes a serial number.
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
-- Removes the services of a line, all or those of a kind.
DELETE FROM line_services WHERE line_id = :line
  AND kind = :kind  -- [kind]

-- name: plan_quantity
-- A plan covers every unit of its line.
UPDATE line_services SET quantity = :quantity WHERE line_id = :line AND kind = 'plan' AND quantity <> :quantity

-- name: remove_line
-- Removes a line, which by then has no services and no serial numbers.
DELETE FROM document_lines WHERE id = :id

-- name: remove_draft_services
-- Removes the services of a draft, before its lines.
DELETE FROM line_services WHERE document_id = :id

-- name: remove_draft_serials
-- Removes the serial numbers of a draft, before its lines.
DELETE FROM line_serials WHERE line_id IN (SELECT id FROM document_lines WHERE document_id = :id)

-- name: remove_draft_lines
-- Removes the lines of a draft.
DELETE FROM document_lines WHERE document_id = :id

-- name: remove_draft_ids
-- Removes the numbers that other systems know a draft under.
DELETE FROM external_ids WHERE document_id = :id

-- name: remove_draft_notes
-- Takes the notes off a draft; the notes stay.
DELETE FROM document_notes WHERE document_id = :id

-- name: remove_draft_milestones
-- Removes the milestones of a draft.
DELETE FROM milestones WHERE document_id = :id

-- name: remove_draft
-- Removes a draft of which nothing else is left.
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
-- What came back of a document, line by line and service by service, in cents.
SELECT t.return_id, l.line, l.model, v.name AS service, t.quantity, t.amount_cents
FROM return_lines t JOIN document_lines l ON l.id = t.line_id LEFT JOIN line_services v ON v.id = t.service_id
WHERE t.document_id = :id ORDER BY t.id

-- name: adjustments
-- Allowances and other corrections of a document in cents, the oldest first.
SELECT kind, amount_cents, reason, adjusted_on FROM adjustments WHERE document_id = :id ORDER BY id

-- name: notes
-- What stands on a document, computed when read: its customer's persistent notes, and those that were attached to it.
SELECT n.id, n.type, n.persistence, n.important, n.text, n.author, n.written_on
FROM documents d JOIN notes n ON n.customer_id = d.customer_id
WHERE d.id = :id AND n.deleted_at IS NULL
  AND (n.persistence = 'persistent'
       OR EXISTS (SELECT 1 FROM document_notes x WHERE x.document_id = d.id AND x.note_id = n.id))
  AND n.type IN :types...  -- [types]
ORDER BY n.important DESC, n.id

-- name: attached
-- Notes that stand on a document: all of them, or one if it does.
SELECT id, note_id FROM document_notes WHERE document_id = :id
  AND note_id = :note  -- [note]
ORDER BY id

-- name: detach_foreign
-- Notes of another customer come off documents that changed hands.
DELETE FROM document_notes WHERE document_id IN :ids... AND (SELECT customer_id FROM notes WHERE id = note_id)
  <> (SELECT customer_id FROM documents WHERE id = document_id)

-- name: of_customers
-- The documents of some customers.
SELECT id FROM documents WHERE customer_id IN :ids...

-- name: detach
-- Takes notes off a document, all or one; the notes stay.
DELETE FROM document_notes WHERE document_id = :id
  AND note_id = :note  -- [note]

-- name: sent
-- What left the shop about a document.
SELECT sent_on, kind, way, sent_to, sent_by FROM sendings WHERE document_id = :id ORDER BY id

-- name: version
-- The last change set that touched a document or a row of it; lines that were taken off are known by their images.
SELECT max(l.change_id) AS change FROM changelog l
WHERE l.subject = :customer AND (
  (l.tbl = 'documents' AND l.row_id = :id)
  OR (l.tbl = 'document_lines' AND l.row_id IN (SELECT id FROM document_lines WHERE document_id = :id))
  OR (l.tbl = 'line_services' AND l.row_id IN (SELECT id FROM line_services WHERE document_id = :id))
  OR (l.tbl = 'payments' AND l.row_id IN (SELECT id FROM payments WHERE document_id = :id))
  OR (l.tbl = 'refunds' AND l.row_id IN (SELECT id FROM refunds WHERE document_id = :id))
  OR (l.tbl = 'adjustments' AND l.row_id IN (SELECT id FROM adjustments WHERE document_id = :id))
  OR (l.tbl = 'returns' AND l.row_id IN (SELECT id FROM returns WHERE document_id = :id))
  OR (l.tbl = 'milestones' AND l.row_id IN (SELECT id FROM milestones WHERE document_id = :id))
  OR (l.tbl = 'document_notes' AND l.row_id IN (SELECT id FROM document_notes WHERE document_id = :id))
  OR (l.operation = 'delete' AND l.old LIKE :image
      AND l.tbl IN ('document_lines', 'line_services', 'milestones', 'document_notes')))

-- name: changes_since
-- What was changed of a document after a change set.
SELECT DISTINCT l.change_id, c.actor, l.tbl, l.field, l.operation, l.new FROM changelog l JOIN changes c ON c.id = l.change_id
WHERE l.subject = :customer AND l.change_id > :since AND (
  (l.tbl = 'documents' AND l.row_id = :id)
  OR (l.tbl = 'document_lines' AND l.row_id IN (SELECT id FROM document_lines WHERE document_id = :id))
  OR (l.tbl = 'line_services' AND l.row_id IN (SELECT id FROM line_services WHERE document_id = :id))
  OR (l.tbl = 'payments' AND l.row_id IN (SELECT id FROM payments WHERE document_id = :id))
  OR (l.operation = 'delete' AND l.old LIKE :image))
ORDER BY l.change_id DESC

-- name: important
-- What to know before anything is made for a customer.
SELECT id, type, text FROM notes WHERE customer_id = :customer AND important = 1 AND deleted_at IS NULL ORDER BY id

-- name: external_ids
-- The numbers that other systems know a document under.
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

-- name: wallet_of
-- Entries of customer credit that a document gave or took.
SELECT id FROM wallet_entries WHERE document_id = :id LIMIT 1

-- name: line_allowances
-- What was taken off a line afterwards.
SELECT coalesce(sum(amount_cents), 0) AS cents FROM adjustments
WHERE line_id = :line AND kind = 'allowance' AND ended_on IS NULL

-- name: cancellations
-- What canceling a document took off it.
SELECT id, amount_cents FROM adjustments WHERE document_id = :id AND kind = 'cancel' AND ended_on IS NULL

-- name: recipients
-- Who gets mail of a kind about a customer's documents: the contacts with that role, of the company that they buy for
-- or of themselves; a contact that is a customer gets it at their own address.
SELECT coalesce(k.email, p.email) AS email FROM contacts k LEFT JOIN customers p ON p.id = k.linked_id
WHERE k.customer_id = :party AND coalesce(k.email, p.email) IS NOT NULL
  AND ((:role = 'ordering' AND k.gets_orders = 1) OR (:role = 'payment' AND k.gets_bills = 1)
       OR (:role = 'artwork' AND k.gets_artwork = 1) OR (:role = 'shipping' AND k.gets_shipping = 1))
ORDER BY k.id

-- name: own_emails
-- The addresses of a customer: those for invoices where a bill is sent and there are any, else the one.
SELECT email FROM billing_emails WHERE customer_id = :customer ORDER BY id

-- name: payable
-- Invoices of a customer, and of those who buy for them, that are not paid.
SELECT d.id FROM documents d
WHERE (d.customer_id = :customer OR d.customer_id IN (SELECT linked_id FROM contacts WHERE customer_id = :customer))
  AND d.invoice_number IS NOT NULL AND d.status <> 'canceled'
  AND d.charged_cents > d.paid_cents + d.pending_cents
ORDER BY d.due_on, d.id
