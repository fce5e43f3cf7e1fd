-- name: anything
-- Everything that a piece of text may mean: customers, documents, notes, payments, serial numbers, models, other systems'
-- numbers. A short number means a customer's, and else only what is called exactly so.
SELECT 'customer' AS found, 'C' || c.id AS ref, c.id AS customer, c.name, c.status AS what FROM customers c
WHERE c.status <> 'purged'
  AND c.id = :short  -- [short]
  AND c.id IN (  -- [!short]
@{search.customers}  -- [!short]
  )  -- [!short]
UNION ALL
SELECT 'customer', 'C' || c.id, c.id, c.name, x.system || ':' || x.external_id
FROM external_ids x JOIN customers c ON c.id = x.customer_id WHERE x.external_id = :external
  AND x.customer_id IS NOT NULL AND (:system IS NULL OR x.system = :system)
UNION ALL
SELECT CASE WHEN d.ordered_on IS NULL THEN 'quote' ELSE 'order' END,
       CASE WHEN d.ordered_on IS NULL THEN 'Q' ELSE 'O' END || d.id, c.id, c.name,
       coalesce(d.ordered_on, d.quoted_on) || ' ' || d.status || coalesce(' ' || d.job_name, '')
FROM documents d JOIN customers c ON c.id = d.customer_id
WHERE d.id = :document OR d.id IN (SELECT document_id FROM external_ids WHERE external_id = :external)
  OR lower(d.job_name) LIKE :written ESCAPE '\'  -- [!short]
UNION ALL
SELECT 'serial', CASE WHEN d.ordered_on IS NULL THEN 'Q' ELSE 'O' END || d.id, c.id, c.name, l.model || ' ' || n.serial
FROM line_serials n JOIN document_lines l ON l.id = n.line_id JOIN documents d ON d.id = l.document_id
JOIN customers c ON c.id = d.customer_id
WHERE TRUE
  AND n.serial_key = :serial_from  -- [short]
  AND n.serial_key LIKE :serial ESCAPE '\'  -- [!short]
UNION ALL
SELECT 'payment', 'P' || p.id, c.id, c.name, p.method || ' ' || p.reference
FROM payments p JOIN customers c ON c.id = p.customer_id WHERE p.reference = :plain
UNION ALL  -- [!short]
SELECT 'note', 'N' || n.id, c.id, c.name, n.text FROM notes n JOIN customers c ON c.id = n.customer_id  -- [!short]
WHERE n.deleted_at IS NULL AND lower(n.text) LIKE :written ESCAPE '\'  -- [!short]
UNION ALL
SELECT 'model', m.model, NULL, m.description, CASE WHEN m.discontinued = 1 THEN 'discontinued' END FROM models m
WHERE lower(m.model) = lower(:plain)
  OR lower(m.model) LIKE :written ESCAPE '\' OR lower(m.description) LIKE :written ESCAPE '\'  -- [!short]
ORDER BY 1, 3, 2

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
