-- name: anything
-- Everything that a piece of text may mean: customers, documents, payments, serial numbers, other systems' numbers.
SELECT 'customer' AS found, c.id AS ref, c.id AS customer, c.name, c.status AS what, 'C' AS prefix
FROM customers c WHERE c.status <> 'purged' AND c.id IN (
@{search.customers}
)
UNION ALL
SELECT 'customer', c.id, c.id, c.name, x.system || ':' || x.external_id, 'C'
FROM external_ids x JOIN customers c ON c.id = x.customer_id WHERE x.external_id = :external
  AND x.customer_id IS NOT NULL AND (:system IS NULL OR x.system = :system)
UNION ALL
SELECT CASE WHEN d.ordered_on IS NULL THEN 'quote' ELSE 'order' END, d.id, c.id, c.name,
       coalesce(d.ordered_on, d.quoted_on) || ' ' || d.status, CASE WHEN d.ordered_on IS NULL THEN 'Q' ELSE 'O' END
FROM documents d JOIN customers c ON c.id = d.customer_id
WHERE d.id = :document OR d.id IN (SELECT document_id FROM external_ids WHERE external_id = :external)
UNION ALL
SELECT 'serial', d.id, c.id, c.name, l.model || ' ' || n.serial, CASE WHEN d.ordered_on IS NULL THEN 'Q' ELSE 'O' END
FROM line_serials n JOIN document_lines l ON l.id = n.line_id JOIN documents d ON d.id = l.document_id
JOIN customers c ON c.id = d.customer_id WHERE n.serial_key LIKE :serial ESCAPE '\'
UNION ALL
SELECT 'payment', p.id, c.id, c.name, p.method || ' ' || p.reference, 'P'
FROM payments p JOIN customers c ON c.id = p.customer_id WHERE p.reference = :plain
ORDER BY 1, 2
