-- name: pool
-- Whose draws and orders count on one credit line: those of its customer, and of every contact linked to a company.
SELECT :customer UNION ALL
SELECT k.linked_id FROM contacts k WHERE k.customer_id = :customer AND k.linked_id IS NOT NULL

-- name: used_of
-- What is used of the credit line of c (customers), the whole pool of a company, as an expression.
       (SELECT coalesce(sum(owed), 0) FROM (SELECT g.owed FROM credit_line_debts g WHERE g.customer_id IN (
        SELECT c.id UNION ALL SELECT k.linked_id FROM contacts k WHERE k.customer_id = c.id AND k.linked_id IS NOT NULL)
        LIMIT 1000000000))

-- name: owing
-- What is owed on a credit line; every check and every explanation reads these rows.
SELECT kind, payment, document, date, due, terms, amount, paid, owed, document_id, customer_id FROM credit_line_debts
WHERE customer_id IN (
@{credit_line.pool}
) LIMIT 1000000000

-- name: rows
-- The rows behind what is used, the oldest due first; those without a due day last.
SELECT kind, payment, document, date, due, terms, amount, paid, owed, customer_id FROM (
@{credit_line.owing}
)
ORDER BY coalesce(due, '9999-12-31'), date, payment, document_id

-- name: figures
-- The credit line of a customer: limit, terms, what is used.
SELECT c.id, c.name, c.status, c.on_hold, l.id AS line, l.limit_cents, l.terms_id, l.until_on, l.closed_on,
       t.name AS terms, t.days, (SELECT coalesce(sum(owed), 0) FROM (
@{credit_line.owing}
)) AS used_cents
FROM customers c LEFT JOIN credit_lines l ON l.customer_id = c.id LEFT JOIN terms t ON t.id = l.terms_id
WHERE c.id = :customer

-- name: draws
-- Draws that are not repaid, the oldest due first.
SELECT p.id, p.document_id, 'P' || p.id AS ref, p.due_on AS due, p.paid_on AS date, p.amount_cents AS amount,
       p.amount_cents - (SELECT coalesce(sum(r.amount_cents), 0) FROM line_repayments r WHERE r.payment_id = p.id
          AND r.status IN ('pending', 'confirmed')) AS owed, p.customer_id
FROM payments p
WHERE p.customer_id IN (
@{credit_line.pool}
)
  AND p.method = 'credit-line' AND p.status = 'confirmed'
  AND p.document_id = :document -- [document]
  AND p.amount_cents > (SELECT coalesce(sum(r.amount_cents), 0) FROM line_repayments r WHERE r.payment_id = p.id
    AND r.status IN ('pending', 'confirmed'))
ORDER BY p.due_on, p.paid_on, p.id

-- name: moves
-- Everything that moved the line, one row each: draws, repayments, goods put back, and what was taken back later.
SELECT p.paid_on AS date, p.recorded_at AS at, 'draw' AS type, p.id AS draw, p.document_id, NULL AS method,
       p.amount_cents AS amount, p.due_on AS due, p.terms_name AS terms, p.recorded_by AS by, p.reference, p.id AS place,
       p.customer_id
FROM payments p WHERE p.customer_id IN (
@{credit_line.pool}
) AND p.method = 'credit-line'
UNION ALL
SELECT p.ended_on, p.recorded_at, 'void', p.id, p.document_id, NULL, -p.amount_cents, NULL, NULL, NULL, NULL, p.id,
       p.customer_id
FROM payments p WHERE p.customer_id IN (
@{credit_line.pool}
) AND p.method = 'credit-line' AND p.status = 'void'
UNION ALL
SELECT r.paid_on, r.recorded_at, CASE WHEN r.return_id IS NULL THEN 'repayment' ELSE 'return' END, r.payment_id,
       p.document_id, r.method, -r.amount_cents, NULL, NULL, r.recorded_by, r.reference, r.id,
       r.customer_id
FROM line_repayments r JOIN payments p ON p.id = r.payment_id WHERE r.customer_id IN (
@{credit_line.pool}
)
UNION ALL
SELECT r.ended_on, r.recorded_at, 'void', r.payment_id, p.document_id, r.method, r.amount_cents, NULL, NULL, NULL, NULL,
       r.id, r.customer_id
FROM line_repayments r JOIN payments p ON p.id = r.payment_id
WHERE r.customer_id IN (
@{credit_line.pool}
) AND r.status IN ('void', 'rejected')

-- name: history
-- The moves of a credit line with what is drawn after each, the newest first.
SELECT m.date, m.type, m.draw, CASE WHEN d.ordered_on IS NULL THEN 'Q' ELSE 'O' END || d.id AS document, m.method,
       m.amount, sum(m.amount) OVER (ORDER BY m.date, m.at, m.type, m.place) AS drawn, m.due, m.terms, m.by, m.reference,
       m.at AS recorded_at, m.customer_id AS customer
FROM (
@{credit_line.moves}
) m JOIN documents d ON d.id = m.document_id
ORDER BY
  m.date DESC, m.at DESC, m.type DESC, m.place DESC -- {order}
