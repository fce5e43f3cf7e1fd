-- name: payment
SELECT p.id, p.customer_id, p.document_id, p.method, p.status, p.amount_cents, p.paid_on, p.reference, s.name AS recorded_by
FROM payments p LEFT JOIN staff s ON s.login = p.recorded_by WHERE p.id = :id

-- name: return
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
