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

-- name: customer
-- The customer of a number: their own, or that of a quote or an order of theirs.
SELECT id AS customer FROM customers WHERE :letter = 'C' AND id = :number AND status <> 'purged'
UNION ALL SELECT customer_id FROM documents WHERE :letter IN ('Q', 'O') AND id = :number

-- name: owner
-- Whether a number is taken, and the customer or the document on whose screen it is shown; neither: on its own.
SELECT id AS customer, NULL AS document FROM customers WHERE :letter = 'C' AND id = :number
UNION ALL SELECT NULL, id FROM documents WHERE :letter IN ('Q', 'O') AND id = :number
UNION ALL SELECT NULL, id FROM documents WHERE :letter = 'I' AND invoice_number = :number
UNION ALL SELECT customer_id, NULL FROM addresses WHERE :letter = 'A' AND id = :number
UNION ALL SELECT customer_id, NULL FROM contacts WHERE :letter = 'K' AND id = :number
UNION ALL SELECT NULL, document_id FROM returns WHERE :letter = 'R' AND id = :number
UNION ALL SELECT NULL, document_id FROM refunds WHERE :letter = 'F' AND id = :number
UNION ALL SELECT customer_id, NULL FROM line_repayments WHERE :letter = 'L' AND id = :number
UNION ALL SELECT customer_id, NULL FROM mails WHERE :letter = 'M' AND id = :number
UNION ALL SELECT customer_id, NULL FROM artwork_jobs WHERE :letter = 'W' AND id = :number
UNION ALL SELECT NULL, NULL FROM notes WHERE :letter = 'N' AND id = :number
UNION ALL SELECT NULL, NULL FROM payments WHERE :letter = 'P' AND id = :number
UNION ALL SELECT NULL, NULL FROM statements WHERE :letter = 'S' AND id = :number
UNION ALL SELECT NULL, NULL FROM changes WHERE :letter = 'H' AND id = :number
UNION ALL SELECT NULL, NULL FROM visits WHERE :letter = 'V' AND id = :number
UNION ALL SELECT NULL, NULL FROM designs WHERE :letter = 'D' AND id = :number
