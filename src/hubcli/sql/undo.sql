-- name: unsound
-- What no act can come to, on some documents: more paid than is charged, more given back than was paid, more repaid than
-- was drawn, more taken back than was sold. Each with the place in the way that a refusal names.
SELECT 'documents' AS tbl, d.id AS row_id, d.customer_id AS subject, 'more would be paid on it than is charged' AS what
FROM documents d
WHERE d.id IN :documents... AND d.paid_cents + d.pending_cents > d.charged_cents
UNION ALL
SELECT 'payments', p.id, p.customer_id, 'more would be given back on it than was paid'
FROM payments p
WHERE p.document_id IN :documents...
  AND (SELECT coalesce(sum(r.amount_cents), 0) FROM refunds r WHERE r.payment_id = p.id AND r.ended_on IS NULL)
    > CASE WHEN p.status = 'confirmed' THEN p.amount_cents ELSE 0 END
UNION ALL
SELECT 'payments', p.id, p.customer_id, 'more would be repaid of it than was drawn'
FROM payments p JOIN above_drawn a ON a.payment_id = p.id
WHERE p.document_id IN :documents...
UNION ALL
SELECT 'documents', d.id, d.customer_id, 'more would be taken back of it than was sold'
FROM documents d JOIN above_sold a ON a.document_id = d.id
WHERE d.id IN :documents...
