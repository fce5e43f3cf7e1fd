-- name: credit
-- Customer credit that was issued, one row each, with what the customer has of it now.
SELECT w.customer_id AS number, c.name, w.entered_on AS date_issued, w.amount_cents AS amount, w.type,
       CASE WHEN d.id IS NULL THEN NULL WHEN d.ordered_on IS NULL THEN 'Q' || d.id ELSE 'O' || d.id END AS document,
       f.credit_cents AS balance, w.note
FROM wallet_entries w JOIN customers c ON c.id = w.customer_id JOIN customer_figures f ON f.customer_id = c.id
LEFT JOIN documents d ON d.id = w.document_id
WHERE w.amount_cents > 0 AND w.type IN ('return', 'grant', 'adjustment')
  AND NOT EXISTS (SELECT 1 FROM wallet_entries v WHERE v.reverses = w.id)
  AND w.entered_on >= :date_from -- [date_from]
  AND w.entered_on <= :date_to -- [date_to]
  AND w.customer_id = :customer -- [customer]
ORDER BY
  w.entered_on, w.id -- {order}

-- name: payments
-- Every payment and repayment that stands, one row each.
SELECT 'P' || p.id AS number, p.paid_on AS date, CASE WHEN d.ordered_on IS NULL THEN 'Q' ELSE 'O' END || d.id AS document,
       c.id AS customer, c.name AS customer_name, p.location, p.recorded_by, p.method,
       CASE WHEN d.ordered_on IS NULL THEN 'Deposit Made to a Quote' ELSE 'Payment Made to an Order' END AS application,
       p.status, p.reference AS transaction_id, p.note AS notes, p.amount_cents AS gross, p.fee_cents AS fee,
       p.amount_cents - p.fee_cents AS net, s.login AS salesperson
FROM payments p JOIN documents d ON d.id = p.document_id JOIN customers c ON c.id = p.customer_id
LEFT JOIN staff s ON s.id = d.salesperson_id
WHERE p.status IN ('pending', 'confirmed')
  AND p.paid_on >= :date_from -- [date_from]
  AND p.paid_on <= :date_to -- [date_to]
  AND p.method IN :method... -- [method]
  AND p.location = :location -- [location]
  AND s.login = :salesperson -- [salesperson]
  AND p.amount_cents = :amount -- [amount]
UNION ALL
SELECT NULL, r.paid_on, 'O' || d.id, c.id, c.name, r.location, r.recorded_by, r.method, 'Payment Made to a Credit Line',
       r.status, r.reference, r.note, r.amount_cents, NULL, NULL, s.login
FROM line_repayments r JOIN payments p ON p.id = r.payment_id JOIN documents d ON d.id = p.document_id
JOIN customers c ON c.id = r.customer_id LEFT JOIN staff s ON s.id = d.salesperson_id
WHERE r.status IN ('pending', 'confirmed') AND r.method NOT IN ('return', 'refund')
  AND r.paid_on >= :date_from -- [date_from]
  AND r.paid_on <= :date_to -- [date_to]
  AND r.method IN :method... -- [method]
  AND r.location = :location -- [location]
  AND s.login = :salesperson -- [salesperson]
  AND r.amount_cents = :amount -- [amount]
ORDER BY
  2, 1 -- {order}

-- name: refunds
-- What was paid out again, by method.
SELECT r.method, count(*) AS payments, sum(r.amount_cents) AS total FROM refunds r
WHERE r.ended_on IS NULL AND r.method NOT IN ('write-off', 'credit-line', 'customer-credit')
  AND r.refunded_on >= :date_from -- [date_from]
  AND r.refunded_on <= :date_to -- [date_to]
GROUP BY r.method ORDER BY r.method
