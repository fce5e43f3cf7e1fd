-- name: list
-- Mail to and from customers, the newest first.
SELECT m.id AS number, m.sent_at AS at, m.direction, m.customer_id AS customer, c.name AS customer_name,
       CASE WHEN m.document_id IS NULL THEN NULL WHEN d.ordered_on IS NULL THEN 'Q' || d.id ELSE 'O' || d.id END AS document,
       CASE WHEN m.statement_id IS NULL THEN NULL ELSE 'S' || m.statement_id END AS statement, m.template, m.status,
       m.subject, m.sent_from, m.sent_to, m.body, m.message_id
FROM mails m JOIN customers c ON c.id = m.customer_id LEFT JOIN documents d ON d.id = m.document_id
WHERE TRUE
  AND m.id = :id  -- [id]
  AND m.id IN (SELECT id FROM mails WHERE customer_id IN :customer...  -- [customer]
               UNION SELECT mail_id FROM sendings WHERE customer_id IN :customer... AND mail_id IS NOT NULL)  -- [customer]
  AND m.id IN (SELECT id FROM mails WHERE document_id IN :document...  -- [document]
               UNION SELECT mail_id FROM sendings WHERE document_id IN :document... AND mail_id IS NOT NULL)  -- [document]
  AND m.direction IN :direction...  -- [direction]
  AND any{m.sent_at >= :since AND m.sent_at <= :until}  -- [since]
ORDER BY
  m.sent_at DESC, m.id DESC -- {order}

-- name: people
-- Those whose address it is, their own, for invoices, or a contact's; of one that was merged, the survivor.
SELECT t.key, coalesce(c.merged_into, c.id) AS customer FROM (
  SELECT email_key AS key, id FROM customers WHERE email_key IN :keys...
  UNION SELECT email_key, customer_id FROM billing_emails WHERE email_key IN :keys...
  UNION SELECT lower(email), customer_id FROM contacts WHERE email IS NOT NULL AND lower(email) IN :keys...
) t JOIN customers c ON c.id = t.id WHERE c.status <> 'purged' ORDER BY t.key, customer

-- name: ours
-- Mails of ours by the id that an answer names; one about several documents is about the first.
SELECT m.message_id, m.customer_id AS customer, m.statement_id AS statement,
       coalesce(m.document_id, (SELECT min(s.document_id) FROM sendings s WHERE s.mail_id = m.id)) AS document
FROM mails m WHERE m.message_id IN :ids... AND m.direction = 'out'

-- name: known
-- A mail that this customer has already, by its message id.
SELECT id FROM mails WHERE message_id = :message_id AND customer_id = :customer

-- name: document
-- A document by its number, if it is of this customer.
SELECT id FROM documents WHERE id = :id AND customer_id = :customer

-- name: invoice
-- The document of an invoice number, if it is of this customer.
SELECT d.id FROM documents d WHERE d.invoice_number = :id AND d.customer_id = :customer

-- name: statement
-- A statement by its number, if it is of this customer.
SELECT id FROM statements WHERE id = :id AND customer_id = :customer
