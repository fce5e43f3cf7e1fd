-- name: due
-- The day an invoice, d, is due, as aging counts it; none: not before a statement lists it.
CASE WHEN d.on_account = 0 THEN d.ordered_on ELSE d.due_on END

-- name: disputed
-- Whether the customer disputed it, d, on the day.
EXISTS (SELECT 1 FROM disputes x WHERE x.document_id = d.id AND x.opened_on <= :day
          AND (x.resolved_on IS NULL OR x.resolved_on > :day))

-- name: credited
-- What had been taken back or taken off by the day.
(SELECT coalesce(sum(a.amount_cents), 0) FROM adjustments a WHERE a.document_id = d.id AND a.adjusted_on <= :day
   AND (a.ended_on IS NULL OR a.ended_on > :day))
+ (SELECT coalesce(sum(r.delivery_cents + r.tax_cents - r.discount_cents - r.restocking_cents
     + (SELECT coalesce(sum(b.amount_cents), 0) FROM return_lines b WHERE b.return_id = r.id)), 0)
   FROM returns r WHERE r.document_id = d.id AND r.returned_on <= :day AND (r.ended_on IS NULL OR r.ended_on > :day))

-- name: received
-- The money of a status that had come by the day; a payment that ended since counts as it did then.
(SELECT coalesce(sum(p.amount_cents), 0) FROM payments p WHERE p.document_id = d.id AND p.paid_on <= :day
   AND (p.status = 'confirmed' OR (p.status IN ('void', 'rejected') AND p.ended_on > :day)))
- (SELECT coalesce(sum(r.amount_cents), 0) FROM refunds r WHERE r.document_id = d.id AND r.refunded_on <= :day
     AND (r.ended_on IS NULL OR r.ended_on > :day))

-- name: figures
-- Invoices with what is owed on them: from the kept figures today, as aging has it on any other day.
SELECT d.id, d.invoice_number, d.customer_id, d.ordered_on, d.invoiced_on, d.terms_name, d.salesperson_id,
       CASE WHEN d.status = 'canceled' AND (d.canceled_on IS NULL OR d.canceled_on <= :day) THEN 1 ELSE 0 END AS canceled,
@{invoices.due}
       AS due_on,
@{invoices.disputed}
       AS disputed,
       d.returned_cents + d.adjusted_cents AS credited, d.paid_cents AS paid, d.pending_cents AS pending,  -- [!as_of]
       d.charged_cents - d.paid_cents - d.pending_cents AS balance  -- [!as_of]
@{invoices.credited}  -- [as_of]
       AS credited,  -- [as_of]
@{invoices.received}  -- [as_of]
       AS paid,  -- [as_of]
       (SELECT coalesce(sum(p.amount_cents), 0) FROM payments p WHERE p.document_id = d.id  -- [as_of]
          AND p.paid_on <= :day AND p.status = 'pending') AS pending,  -- [as_of]
       coalesce(m.owed, 0) AS balance  -- [as_of]
FROM documents d
LEFT JOIN (  -- [as_of]
@{aging.orders}  -- [as_of]
) m ON m.document_id = d.id  -- [as_of]
WHERE d.invoice_number IS NOT NULL
  AND d.invoiced_on <= :day -- [as_of]
  AND d.customer_id IN :customer... -- [customer]
  AND d.id = :id -- [id]

-- name: rows
-- Invoices in words: the status by confirmed money, how long it is past due.
SELECT f.invoice_number AS number, 'O' || f.id AS "order", f.customer_id AS customer, c.name AS customer_name,
       f.invoiced_on, f.due_on, f.balance + f.paid + f.pending + f.credited AS total, f.paid, f.balance,
       CASE WHEN f.canceled = 0 AND f.balance > 0 AND f.due_on < :day THEN
@{invoices.days}
       ELSE 0 END AS days_overdue,
       CASE WHEN f.canceled = 1 THEN 'canceled' WHEN f.balance + f.pending <= 0 THEN 'paid-in-full'
            WHEN f.paid > 0 THEN 'partially-paid' ELSE 'unpaid' END AS status,
       CASE WHEN f.canceled = 0 AND f.balance > 0 AND f.due_on < :day THEN 1 ELSE 0 END AS overdue,
       f.disputed, f.pending, f.credited, f.terms_name AS terms, s.login AS salesperson, :day AS as_of
FROM (
@{invoices.figures}
) f JOIN customers c ON c.id = f.customer_id LEFT JOIN staff s ON s.id = f.salesperson_id
WHERE 1 = 1
  AND f.canceled = 0 AND f.balance > 0 -- [outstanding]
  AND f.canceled = 0 AND f.balance > 0 AND f.due_on < :day -- [overdue]
  AND f.disputed = 1 -- [disputed]
  AND any{f.invoiced_on >= :date_from AND f.invoiced_on <= :date_to} -- [date_from]
  AND any{f.due_on >= :due_from AND f.due_on <= :due_to} -- [due_from]
  AND f.salesperson_id IN :salesperson... -- [salesperson]

-- name: list
-- Invoices with what is owed on them on a day, the newest first; money in cents.
SELECT i.* FROM (
@{invoices.rows}
) i
WHERE 1 = 1
  AND i.status IN :status... -- [status]
ORDER BY
  i.number DESC -- {order}

-- name: sums
-- How many invoices a list has, what is owed on them, and how much of that is past due.
SELECT count(*) AS invoices, coalesce(sum(i.balance), 0) AS balance,
       coalesce(sum(CASE WHEN i.overdue = 1 THEN i.balance ELSE 0 END), 0) AS overdue
FROM (
@{invoices.rows}
) i
WHERE 1 = 1
  AND i.status IN :status... -- [status]

-- name: one
-- The invoice of a document as it stands on a day; money in cents.
SELECT * FROM (
@{invoices.rows}
) i WHERE 1 = 1

-- name: disputes
-- The disputes of an invoice, the oldest first.
SELECT id, note, opened_on, resolved_on FROM disputes WHERE document_id = :id ORDER BY id

-- name: open_dispute
-- The dispute of an invoice that is still open, if there is one.
SELECT id, note, opened_on FROM disputes WHERE document_id = :id AND resolved_on IS NULL

-- name: statements
-- The statements that list it, the first one first.
SELECT s.id AS number, s.issued_on FROM statement_documents l JOIN statements s ON s.id = l.statement_id
WHERE l.document_id = :id ORDER BY s.issued_on, s.id

-- name: sendings
-- How and when an invoice and its reminders went out, the first one first.
SELECT way, sent_to, sent_on, kind, level FROM sendings
WHERE document_id = :id AND kind IN ('invoice', 'reminder') ORDER BY id
