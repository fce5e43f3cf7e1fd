-- name: open
-- Invoices that money is owed on and that nobody disputes, due up to a day, with the last reminder of each.
SELECT f.id, f.customer_id, f.invoice_number, f.due_on, f.balance AS balance_cents,
       r.level, r.sent_on AS reminded_on
FROM (
@{invoices.figures}
) f JOIN documents d ON d.id = f.id
LEFT JOIN (SELECT document_id, max(level) AS level, max(sent_on) AS sent_on FROM sendings
           WHERE kind = 'reminder' AND document_id IS NOT NULL GROUP BY document_id) r ON r.document_id = f.id
WHERE f.canceled = 0 AND f.balance > 0 AND f.disputed = 0 AND f.due_on <= :latest
  AND (d.remind_from IS NULL OR d.remind_from <= :day)
  AND f.id IN :ids...  -- [ids]
ORDER BY f.due_on, f.id
