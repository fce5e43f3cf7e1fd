-- name: shown
-- Every payment as lists show it.
SELECT p.id AS number, CASE WHEN d.ordered_on IS NULL THEN 'Q' ELSE 'O' END || d.id AS document,
       p.customer_id AS customer, c.name AS customer_name, p.paid_on AS date, p.method,
       CASE WHEN d.ordered_on IS NULL OR p.paid_on < d.ordered_on THEN 'Deposit Made to a Quote'
            ELSE 'Payment Made to an Order' END AS application,
       p.status, p.amount_cents AS amount,
       (SELECT coalesce(sum(r.amount_cents), 0) FROM refunds r WHERE r.payment_id = p.id AND r.ended_on IS NULL) AS refunded,
       p.fee_cents AS fee, p.amount_cents - p.fee_cents AS net, p.reference, p.note, p.term, p.promo_code,
       p.authorization_code, p.description, p.channel, p.location, p.recorded_by, p.receipt, p.due_on,
       p.terms_name AS terms, p.ended_on, p.recorded_at
FROM payments p JOIN documents d ON d.id = p.document_id JOIN customers c ON c.id = p.customer_id

-- name: shown_repaid
-- Repayments of draws on the credit line in the columns of payments; goods that were put back are none.
SELECT 'L' || r.id, CASE WHEN d.ordered_on IS NULL THEN 'Q' ELSE 'O' END || d.id, r.customer_id, c.name, r.paid_on,
       r.method, 'Payment Made to a Credit Line', r.status, r.amount_cents, 0, NULL, NULL, r.reference, r.note, NULL, NULL,
       NULL, NULL, NULL, r.location, r.recorded_by, r.receipt, NULL, NULL, r.ended_on, r.recorded_at
FROM line_repayments r JOIN payments p ON p.id = r.payment_id JOIN documents d ON d.id = p.document_id
JOIN customers c ON c.id = r.customer_id

-- name: list
-- Payments and repayments of credit lines, the newest first; attempts that came to nothing only when asked for.
@{payments.shown}
WHERE 1 = 1
  AND p.status <> 'incomplete' -- [!incomplete]
  AND p.customer_id IN :customer... -- [customer]
  AND p.document_id = :document -- [document]
  AND p.method IN :method... -- [method]
  AND p.status IN :status... -- [status]
  AND any{p.paid_on >= :date_from AND p.paid_on <= :date_to} -- [date_from]
  AND p.amount_cents IN :amount... -- [amount]
  AND p.reference IN :reference... -- [reference]
  AND p.method = 'check' AND p.reference IN :check_number... -- [check_number]
  AND p.recorded_by IN :by... -- [by]
  AND p.location IN :location... -- [location]
UNION ALL
@{payments.shown_repaid}
WHERE r.method NOT IN ('return', 'refund')
  AND r.customer_id IN :customer... -- [customer]
  AND p.document_id = :document -- [document]
  AND r.method IN :method... -- [method]
  AND r.status IN :status... -- [status]
  AND any{r.paid_on >= :date_from AND r.paid_on <= :date_to} -- [date_from]
  AND r.amount_cents IN :amount... -- [amount]
  AND r.reference IN :reference... -- [reference]
  AND r.method = 'check' AND r.reference IN :check_number... -- [check_number]
  AND r.recorded_by IN :by... -- [by]
  AND r.location IN :location... -- [location]
ORDER BY
  5 DESC, 1 DESC -- {order}

-- name: repaid_one
-- A repayment in the columns of payments, with the draw it is of, and the return that it put goods back by.
SELECT 'L' || r.id AS number, CASE WHEN d.ordered_on IS NULL THEN 'Q' ELSE 'O' END || d.id AS document,
       r.customer_id AS customer, c.name AS customer_name, r.paid_on AS date, r.method,
       'Payment Made to a Credit Line' AS application, r.status, r.amount_cents AS amount, 0 AS refunded, NULL AS fee,
       NULL AS net, r.reference, r.note, NULL AS term, NULL AS promo_code, NULL AS authorization_code,
       NULL AS description, NULL AS channel, r.location, r.recorded_by, r.receipt, NULL AS due_on, NULL AS terms,
       r.ended_on, r.recorded_at, r.payment_id AS draw, r.return_id AS "return"
FROM line_repayments r JOIN payments p ON p.id = r.payment_id JOIN documents d ON d.id = p.document_id
JOIN customers c ON c.id = r.customer_id
WHERE r.id = :id

-- name: exported
-- Payments for other programs, the first one first; attempts that came to nothing are left out.
@{payments.shown}
WHERE p.status <> 'incomplete'
  AND p.customer_id IN :customer... -- [customer]
  AND p.method IN :method... -- [method]
  AND p.status IN :status... -- [status]
  AND p.paid_on >= :date_from -- [date_from]
  AND p.paid_on <= :date_to -- [date_to]
  AND p.location IN :location... -- [location]
  AND p.id IN (SELECT g.row_id FROM changelog g WHERE g.tbl = 'payments' AND g.change_id > :changed_after) -- [changed_after]
ORDER BY
  p.id -- {order}

-- name: one
-- One payment, as lists show it.
@{payments.shown}
WHERE p.id = :id

-- name: row
-- A payment with what was given back on it, and what of a draw was repaid.
SELECT p.*, CASE WHEN d.ordered_on IS NULL THEN 'Q' ELSE 'O' END || d.id AS document, c.name AS customer_name,
       (SELECT coalesce(sum(r.amount_cents), 0) FROM refunds r WHERE r.payment_id = p.id AND r.ended_on IS NULL)
         AS refunded_cents,
       (SELECT coalesce(sum(r.amount_cents), 0) FROM line_repayments r WHERE r.payment_id = p.id
          AND r.status IN ('pending', 'confirmed')) AS repaid_cents
FROM payments p JOIN documents d ON d.id = p.document_id JOIN customers c ON c.id = p.customer_id
WHERE p.id = :id

-- name: of_document
-- The payments of a document that stand, the oldest first, as `row` gives them.
SELECT p.*,
       (SELECT coalesce(sum(r.amount_cents), 0) FROM refunds r WHERE r.payment_id = p.id AND r.ended_on IS NULL)
         AS refunded_cents,
       (SELECT coalesce(sum(r.amount_cents), 0) FROM line_repayments r WHERE r.payment_id = p.id
          AND r.status IN ('pending', 'confirmed')) AS repaid_cents
FROM payments p WHERE p.document_id = :id AND p.status = 'confirmed'
ORDER BY p.paid_on, p.id

-- name: same
-- A payment that this one would repeat: the same document, method and amount on the same day, or a check seen before.
SELECT p.id, p.recorded_at FROM payments p
WHERE p.status IN ('pending', 'confirmed') AND p.document_id = :document AND p.method = :method
  AND p.amount_cents = :amount AND p.paid_on = :date
UNION ALL
SELECT p.id, p.recorded_at FROM payments p
WHERE p.status IN ('pending', 'confirmed') AND p.customer_id = :customer AND p.method = 'check' AND :method = 'check'
  AND p.reference = :reference
ORDER BY 1 DESC LIMIT 1

-- name: alike
-- Payments of a document that look the same, the first one first, whatever became of them.
SELECT p.*, p.paid_on AS date FROM payments p
WHERE p.document_id = :document AND p.method = :method AND p.amount_cents = :amount AND p.paid_on = :date
ORDER BY p.id

-- name: imported
-- The payment that an imported order brought with it as one sum (cents), while it stands.
SELECT id, amount_cents FROM payments
WHERE document_id = :document AND method = 'other' AND status = 'confirmed' AND note = :note ORDER BY id LIMIT 1

-- name: refunds
-- What was given back on a payment.
SELECT r.id AS number, r.refunded_on AS date, r.method, r.amount_cents AS amount, r.reason, r.return_id AS "return",
       r.ended_on
FROM refunds r WHERE r.payment_id = :id ORDER BY r.id

-- name: repayments
-- What was paid back of a draw on the credit line.
SELECT r.id AS number, r.paid_on AS date, r.method, r.status, r.amount_cents AS amount, r.reference,
       r.return_id AS "return"
FROM line_repayments r WHERE r.payment_id = :id ORDER BY r.id

-- name: repayment
-- A repayment with its draw: the document, what is due on the draw, and the columns that only payments have.
SELECT r.*, p.document_id, r.customer_id AS payer_id, c.name AS customer_name, p.amount_cents - (
         SELECT coalesce(sum(x.amount_cents), 0) FROM line_repayments x WHERE x.payment_id = p.id
           AND x.status IN ('pending', 'confirmed')) AS due_cents,
       NULL AS term, NULL AS promo_code, NULL AS authorization_code, NULL AS description, NULL AS channel
FROM line_repayments r JOIN payments p ON p.id = r.payment_id JOIN customers c ON c.id = r.customer_id
WHERE r.id = :id

-- name: repayment_entry
-- The entry of customer credit that a repayment made, unless it was taken back for good.
WITH RECURSIVE chain (first, id, amount_cents) AS (
  SELECT w.id, w.id, w.amount_cents FROM wallet_entries w
  WHERE w.document_id = :document AND w.type = 'line_repayment' AND w.amount_cents = -:amount AND w.recorded_at = :at
  UNION ALL
  SELECT c.first, v.id, v.amount_cents FROM chain c JOIN wallet_entries v ON v.reverses = c.id
)
SELECT c.first AS id FROM chain c
WHERE c.amount_cents = -:amount AND NOT EXISTS (SELECT 1 FROM wallet_entries v WHERE v.reverses = c.id)
ORDER BY c.first DESC LIMIT 1

-- name: written
-- Repayments as the commands that change them print them.
SELECT 'L' || r.id AS number, CASE WHEN d.ordered_on IS NULL THEN 'Q' ELSE 'O' END || d.id AS document,
       r.customer_id AS customer, c.name AS customer_name, r.paid_on AS date, r.method, r.status,
       r.amount_cents AS amount
FROM line_repayments r JOIN payments p ON p.id = r.payment_id JOIN documents d ON d.id = p.document_id
JOIN customers c ON c.id = r.customer_id
WHERE r.id = :id

-- name: owed
-- The orders of a customer that money is due on, the oldest due first.
SELECT d.id, 'O' || d.id AS ref, coalesce(CASE WHEN d.on_account = 1 THEN d.due_on END, d.ordered_on) AS due,
       d.ordered_on AS date, d.charged_cents - d.paid_cents - d.pending_cents AS owed
FROM documents d
WHERE d.customer_id = :customer AND d.ordered_on IS NOT NULL AND d.status NOT IN ('draft', 'canceled')
  AND d.charged_cents - d.paid_cents - d.pending_cents > 0
ORDER BY 3, 4, 1

-- name: wallet_entry
-- The entry of customer credit that a payment made, unless it was taken back for good: undo and redo make a chain.
WITH RECURSIVE chain (first, id, amount_cents) AS (
  SELECT w.id, w.id, w.amount_cents FROM wallet_entries w
  WHERE w.customer_id = :customer AND w.document_id = :document AND w.type = 'applied' AND w.amount_cents = -:amount
  UNION ALL
  SELECT c.first, v.id, v.amount_cents FROM chain c JOIN wallet_entries v ON v.reverses = c.id
)
SELECT c.first AS id FROM chain c JOIN wallet_entries w ON w.id = c.first
WHERE c.amount_cents = -:amount AND NOT EXISTS (SELECT 1 FROM wallet_entries v WHERE v.reverses = c.id)
ORDER BY CASE WHEN w.note = 'P' || :payment THEN 0 ELSE 1 END, c.first DESC LIMIT 1

-- name: of_receipt
-- The payments of one check.
@{payments.shown}
WHERE p.id = :id OR p.receipt = :id ORDER BY p.id
