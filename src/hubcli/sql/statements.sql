-- name: holders
-- Account holders on the last day of a period: active customers with a credit line. A linked contact has its company's.
SELECT c.id, c.name FROM credit_lines l JOIN customers c ON c.id = l.customer_id
WHERE c.status = 'active' AND (l.closed_on IS NULL OR l.closed_on > :day)
  AND NOT EXISTS (SELECT 1 FROM contacts k WHERE k.linked_id = c.id)
  AND c.id IN :parties... -- [parties]
ORDER BY c.id

-- name: company_of
-- The company that a customer is a linked contact of.
SELECT c.id, c.name FROM contacts k JOIN customers c ON c.id = k.customer_id WHERE k.linked_id = :customer

-- name: links
-- Every linked contact with its company.
SELECT k.linked_id AS customer, k.customer_id AS company FROM contacts k WHERE k.linked_id IS NOT NULL
  AND k.customer_id IN :parties... -- [parties]

-- name: busy
-- Who has an invoice or a payment dated in the period.
SELECT DISTINCT customer_id FROM (
  SELECT d.customer_id FROM documents d WHERE d.invoiced_on >= :from_on AND d.invoiced_on <= :day
  UNION ALL
  SELECT p.customer_id FROM payments p WHERE p.paid_on >= :from_on AND p.paid_on <= :day
    AND (p.status IN ('pending', 'confirmed') OR (p.status IN ('void', 'rejected') AND p.ended_on > :day))
  UNION ALL
  SELECT r.customer_id FROM line_repayments r WHERE r.paid_on >= :from_on AND r.paid_on <= :day
    AND (r.status IN ('pending', 'confirmed') OR (r.status IN ('void', 'rejected') AND r.ended_on > :day))
) a
WHERE 1 = 1
  AND a.customer_id IN :members... -- [members]

-- name: received
-- The money on an order, d, by the day, pending money counted.
(SELECT coalesce(sum(p.amount_cents), 0) FROM payments p WHERE p.document_id = d.id AND p.paid_on <= :day
   AND (p.status IN ('pending', 'confirmed') OR (p.status IN ('void', 'rejected') AND p.ended_on > :day)))
- (SELECT coalesce(sum(r.amount_cents), 0) FROM refunds r WHERE r.document_id = d.id AND r.refunded_on <= :day
     AND (r.ended_on IS NULL OR r.ended_on > :day))

-- name: items
-- What is owed at the end of the period, as aging has it, by who gets the statement; the oldest due first.
SELECT coalesce(k.customer_id, b.customer_id) AS party, b.*,
       CASE WHEN b.kind = 'order' AND d.invoiced_on <= :day THEN 'I' || d.invoice_number
            WHEN b.kind = 'order' THEN 'O' || d.id ELSE 'P' || b.payment_id END AS number,
       CASE WHEN d.ordered_on IS NULL THEN 'Q' ELSE 'O' END || d.id AS document,
       CASE WHEN b.kind = 'order' AND d.invoiced_on <= :day THEN d.invoiced_on ELSE b.date END AS dated_on,
       CASE WHEN b.kind = 'order' THEN b.owed +
@{statements.received}
            ELSE (SELECT p.amount_cents FROM payments p WHERE p.id = b.payment_id) END AS total,
       CASE WHEN b.kind = 'order' AND d.invoiced_on <= :day AND d.on_account = 1 AND d.terms_from = 'statement'
            THEN d.terms_days END AS days_from_statement,
       d.due_on,
       (SELECT min(s.to_on) FROM statement_documents l JOIN statements s ON s.id = l.statement_id
        WHERE l.document_id = d.id) AS first_listed
FROM (
@{aging.buckets}
) b JOIN documents d ON d.id = b.document_id LEFT JOIN contacts k ON k.linked_id = b.customer_id
WHERE 1 = 1
  AND b.customer_id IN :members... -- [members]
ORDER BY
  1, coalesce(b.due, '9999-12-31'), b.date, b.document_id, b.payment_id -- {order}

-- name: late
-- Invoices on which money came in the period after the day they were due.
SELECT coalesce(k.customer_id, d.customer_id) AS party, d.customer_id, d.id AS document_id,
       'I' || d.invoice_number AS number, 'O' || d.id AS document, d.invoiced_on AS dated_on,
@{invoices.due}
       AS due,
@{statements.received}
       AS total, max(p.paid_on) AS paid_on
FROM payments p JOIN documents d ON d.id = p.document_id LEFT JOIN contacts k ON k.linked_id = d.customer_id
WHERE p.paid_on >= :from_on AND p.paid_on <= :day
  AND (p.status IN ('pending', 'confirmed') OR (p.status IN ('void', 'rejected') AND p.ended_on > :day))
  AND d.invoiced_on <= :day AND d.status NOT IN ('draft', 'canceled') AND p.paid_on >
@{invoices.due}
  AND d.customer_id IN :members... -- [members]
GROUP BY d.id
ORDER BY 1, due, d.id

-- name: counted
-- Orders that owe or owed something: none that is a draft, nor one canceled on a day nobody knows.
d.ordered_on IS NOT NULL AND d.status <> 'draft' AND (d.status <> 'canceled' OR d.canceled_on IS NOT NULL)

-- name: money
-- Money that came and went on orders and quotes, dated from the order day on; what it did to what is owed.
SELECT p.document_id, p.paid_on AS on_day, 'payment, ' || p.method AS what, 'P' || p.id AS ref, -p.amount_cents AS cents
FROM payments p WHERE p.status IN ('pending', 'confirmed') OR (p.status IN ('void', 'rejected') AND p.ended_on IS NOT NULL)
UNION ALL
SELECT p.document_id, p.ended_on, 'payment ' || p.status, 'P' || p.id, p.amount_cents
FROM payments p WHERE p.status IN ('void', 'rejected') AND p.ended_on IS NOT NULL
UNION ALL
SELECT r.document_id, r.refunded_on, 'refund, ' || r.method, 'F' || r.id, r.amount_cents FROM refunds r
UNION ALL
SELECT r.document_id, r.ended_on, 'refund taken back', 'F' || r.id, -r.amount_cents FROM refunds r
WHERE r.ended_on IS NOT NULL

-- name: charges
-- What orders charge and what was taken back or off them.
SELECT d.id AS document_id, d.ordered_on AS on_day, 'order' AS what, 'O' || d.id AS ref,
       d.total_cents - (SELECT coalesce(sum(v.quantity * v.price_cents + v.added_tax_cents), 0) FROM line_services v
                        WHERE v.document_id = d.id AND v.added_on > d.ordered_on) AS cents
FROM documents d WHERE d.ordered_on IS NOT NULL
UNION ALL
SELECT v.document_id, v.added_on, 'added, ' || v.kind, NULL, v.quantity * v.price_cents + v.added_tax_cents
FROM line_services v JOIN documents d ON d.id = v.document_id WHERE v.added_on > d.ordered_on
UNION ALL
SELECT r.document_id, r.returned_on, 'return', 'R' || r.id, -(
@{aging.worth}
) FROM returns r
UNION ALL
SELECT r.document_id, r.ended_on, 'return taken back', 'R' || r.id,
@{aging.worth}
FROM returns r WHERE r.ended_on IS NOT NULL
UNION ALL
SELECT a.document_id, a.adjusted_on, a.kind, NULL, -a.amount_cents FROM adjustments a
UNION ALL
SELECT a.document_id, a.ended_on, a.kind || ' taken back', NULL, a.amount_cents FROM adjustments a
WHERE a.ended_on IS NOT NULL

-- name: line
-- Draws on the credit line and what was paid back of them.
SELECT p.document_id, p.customer_id, p.paid_on AS on_day, 'drawn on the credit line' AS what, 'P' || p.id AS ref,
       p.amount_cents AS cents
FROM payments p WHERE p.method = 'credit-line'
  AND (p.status IN ('pending', 'confirmed') OR (p.status IN ('void', 'rejected') AND p.ended_on IS NOT NULL))
UNION ALL
SELECT p.document_id, p.customer_id, p.ended_on, 'draw ' || p.status, 'P' || p.id, -p.amount_cents
FROM payments p WHERE p.method = 'credit-line' AND p.status IN ('void', 'rejected') AND p.ended_on IS NOT NULL
UNION ALL
SELECT p.document_id, p.customer_id, r.paid_on, 'repayment, ' || r.method, 'L' || r.id, -r.amount_cents
FROM line_repayments r JOIN payments p ON p.id = r.payment_id
WHERE r.status IN ('pending', 'confirmed') OR (r.status IN ('void', 'rejected') AND r.ended_on IS NOT NULL)
UNION ALL
SELECT p.document_id, p.customer_id, r.ended_on, 'repayment ' || r.status, 'L' || r.id, r.amount_cents
FROM line_repayments r JOIN payments p ON p.id = r.payment_id
WHERE r.status IN ('void', 'rejected') AND r.ended_on IS NOT NULL

-- name: moves
-- Everything that changed what was owed in the period, by who gets the statement: the opening balance and all of it make
-- the closing one. Deposits count from the day the quote became an order; an order that is canceled then owes nothing.
SELECT coalesce(k.customer_id, m.customer_id) AS party, m.customer_id, m.on_day, m.document_id, m.what, m.ref,
       m.cents
FROM (
  SELECT d.customer_id, d.id AS document_id, c.what, c.ref, c.cents,
         CASE WHEN c.on_day < d.ordered_on THEN d.ordered_on ELSE c.on_day END AS on_day
  FROM (
@{statements.charges}
    UNION ALL
@{statements.money}
  ) c JOIN documents d ON d.id = c.document_id
  WHERE (d.status <> 'canceled' OR c.on_day <= d.canceled_on) AND
@{statements.counted}
  UNION ALL
  SELECT d.customer_id, d.id, 'canceled', 'O' || d.id, -(
    SELECT coalesce(sum(c.cents), 0) FROM (
@{statements.charges}
      UNION ALL
@{statements.money}
    ) c WHERE c.document_id = d.id AND c.on_day <= d.canceled_on), d.canceled_on
  FROM documents d WHERE d.status = 'canceled' AND d.canceled_on >= :from_on AND d.canceled_on <= :day
    AND d.ordered_on IS NOT NULL
  UNION ALL
  SELECT l.customer_id, l.document_id, l.what, l.ref, l.cents, l.on_day FROM (
@{statements.line}
  ) l
) m LEFT JOIN contacts k ON k.linked_id = m.customer_id
WHERE m.on_day >= :from_on AND m.on_day <= :day AND m.cents <> 0
  AND m.customer_id IN :members... -- [members]
ORDER BY
  1, m.on_day, m.document_id, m.cents DESC, m.what, m.ref -- {order}

-- name: people
-- Who statements go to, with the billing address.
SELECT c.id, c.name, a.line1, a.line2, a.city, a.state, a.zip, a.country,
       (SELECT coalesce(sum(w.amount_cents), 0) FROM wallet_entries w
        WHERE w.customer_id = c.id AND w.entered_on <= :day) AS credit
FROM customers c LEFT JOIN addresses a ON a.customer_id = c.id AND a.kind = 'billing'
WHERE c.id IN :ids...

-- name: emails
-- Where bills are mailed to: contacts with the role payment first, then the addresses for invoices, then their own.
SELECT k.customer_id AS party, coalesce(k.email, p.email) AS email, 1 AS rank, k.id
FROM contacts k LEFT JOIN customers p ON p.id = k.linked_id
WHERE k.gets_bills = 1 AND k.customer_id IN :ids...
UNION ALL
SELECT e.customer_id, e.email, 2, e.id FROM billing_emails e WHERE e.customer_id IN :ids...
UNION ALL
SELECT c.id, c.email, 3, c.id FROM customers c WHERE c.id IN :ids...
ORDER BY 1, 3, 4

-- name: standing
-- The statements of a period that stand.
SELECT s.id, s.customer_id FROM statements s
WHERE s.from_on = :from_on AND s.to_on = :day AND s.kind = :kind AND s.replaced_by IS NULL

-- name: add
-- Keeps a statement as it was issued, its content and the digest of that; money in cents.
INSERT INTO statements (id, customer_id, kind, from_on, to_on, issued_on, balance_cents, not_yet_due_cents,
                        total_owed_cents, content, digest, recorded_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

-- name: add_document
-- Notes that a statement lists a document.
INSERT INTO statement_documents (statement_id, document_id) VALUES (?, ?)

-- name: replace
-- Notes which statement took the place of another.
UPDATE statements SET replaced_by = ? WHERE id = ?

-- name: start_days
-- Gives a document that waited for its first statement the day it is due.
UPDATE documents SET due_on = ? WHERE id = ? AND due_on IS NULL

-- name: list
-- Statements, the newest first.
SELECT s.id AS number, s.customer_id AS customer, c.name AS customer_name, s.kind, s.from_on, s.to_on, s.issued_on,
       s.balance_cents AS balance, s.not_yet_due_cents AS not_yet_due, s.total_owed_cents AS total_owed,
       (SELECT max(x.sent_on) FROM sendings x WHERE x.statement_id = s.id) AS sent_on, s.replaced_by
FROM statements s JOIN customers c ON c.id = s.customer_id
WHERE 1 = 1
  AND s.id IN :ids... -- [ids]
  AND s.customer_id IN :customer... -- [customer]
  AND s.kind IN :kind... -- [kind]
  AND any{s.to_on >= :date_from AND s.to_on <= :date_to} -- [date_from]
  AND s.total_owed_cents > 0 -- [outstanding]
  AND NOT EXISTS (SELECT 1 FROM sendings x WHERE x.statement_id = s.id) -- [unsent]
  AND s.replaced_by IS NULL -- [!replaced]
ORDER BY
  s.to_on DESC, s.id DESC -- {order}

-- name: one
-- One statement as it was issued, with whose it is; money in cents.
SELECT s.*, c.name AS customer_name FROM statements s JOIN customers c ON c.id = s.customer_id WHERE s.id = :id

-- name: contents
-- Statements as they were issued, by number.
SELECT s.id, s.customer_id, s.content, s.digest FROM statements s
WHERE 1 = 1
  AND s.id IN :ids... -- [ids]
  AND s.customer_id IN :customer... -- [customer]
  AND s.kind IN :kind... -- [kind]
  AND any{s.to_on >= :date_from AND s.to_on <= :date_to} -- [date_from]
  AND NOT EXISTS (SELECT 1 FROM sendings x WHERE x.statement_id = s.id) -- [unsent]
  AND s.total_owed_cents > 0 -- [outstanding]
  AND s.replaced_by IS NULL -- [!replaced]
ORDER BY s.id

-- name: sendings
-- How and when a statement went out, the first time first.
SELECT way, sent_to, sent_on FROM sendings WHERE statement_id = :id ORDER BY id

-- name: add_sending
-- Notes that a statement went out.
INSERT INTO sendings (customer_id, statement_id, kind, way, sent_to, sent_on, sent_by, recorded_at, mail_id)
VALUES (?, ?, 'statement', ?, ?, ?, ?, ?, ?)
