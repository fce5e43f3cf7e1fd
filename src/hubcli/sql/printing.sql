-- name: payment
-- A payment, as a receipt tells it.
SELECT p.id, 'P' || p.id AS ref, p.customer_id, p.document_id, p.method, p.status, p.amount_cents, p.paid_on, p.reference,
       s.name AS recorded_by, p.receipt, 0 AS on_line
FROM payments p LEFT JOIN staff s ON s.login = p.recorded_by WHERE p.id = :id

-- name: repayment
-- A payment on a credit line, as a receipt tells it.
SELECT r.id, 'L' || r.id AS ref, r.customer_id, p.document_id, r.method, r.status, r.amount_cents, r.paid_on, r.reference,
       s.name AS recorded_by, r.receipt, 1 AS on_line
FROM line_repayments r JOIN payments p ON p.id = r.payment_id LEFT JOIN staff s ON s.login = r.recorded_by
WHERE r.id = :id

-- name: parts
-- What one check or transfer paid: quotes, orders, draws of a credit line, and what became customer credit.
SELECT p.document_id, p.amount_cents, 0 AS on_line FROM payments p
WHERE p.receipt = :receipt AND p.status IN ('confirmed', 'pending')
UNION ALL SELECT p.document_id, r.amount_cents, 1 FROM line_repayments r JOIN payments p ON p.id = r.payment_id
WHERE r.receipt = :receipt AND r.status IN ('confirmed', 'pending')
UNION ALL SELECT NULL, w.amount_cents, 0 FROM wallet_entries w WHERE w.receipt = :receipt AND w.amount_cents > 0

-- name: return
-- A return that still stands; the discount it takes back in cents.
SELECT id, customer_id, document_id, discount_cents FROM returns WHERE id = :id AND ended_on IS NULL

-- name: ways
-- How the money of a return was given back.
SELECT DISTINCT method FROM refunds WHERE return_id = :id AND ended_on IS NULL ORDER BY method

-- name: wallet
-- The last movements of a customer's credit, the oldest of them first, with the balance after each.
SELECT entered_on, type, document_id, amount_cents, balance FROM (
  SELECT w.id, w.entered_on, w.type, w.document_id, w.amount_cents, sum(w.amount_cents) OVER (ORDER BY w.id) AS balance
  FROM wallet_entries w WHERE w.customer_id = :customer ORDER BY w.id DESC LIMIT 40) ORDER BY id

-- name: statements
-- The statements of a period that stand, by whose they are.
SELECT s.id FROM statements s JOIN customers c ON c.id = s.customer_id
WHERE s.replaced_by IS NULL
  AND s.to_on >= :from_on  -- [from_on]
  AND s.to_on <= :to_on  -- [to_on]
  AND c.email_key IS NULL AND NOT EXISTS (SELECT 1 FROM billing_emails e WHERE e.customer_id = c.id)  -- [no_email]
ORDER BY c.sort_name, s.id
