-- name: same_note
-- A note of a customer with these words.
SELECT id FROM notes WHERE customer_id = :customer AND type = :type AND text = :text AND deleted_at IS NULL

-- name: same_contact
-- A contact of a customer that says the same.
SELECT id FROM contacts WHERE customer_id = :customer AND first_name IS NOT DISTINCT FROM :first_name
  AND last_name IS NOT DISTINCT FROM :last_name AND phone IS NOT DISTINCT FROM :phone
  AND email IS NOT DISTINCT FROM :email AND linked_id IS NOT DISTINCT FROM :linked_id

-- name: same_visit
-- A visit of an order on the same day, of the same kind, for the same line.
SELECT id FROM visits WHERE document_id = :document AND type = :type AND scheduled_on IS NOT DISTINCT FROM :day
  AND line_id IS NOT DISTINCT FROM :line AND status = :status

-- name: line
-- The row number of a line of a document.
SELECT id FROM document_lines WHERE document_id = :document AND line = :line

-- name: contacts
-- Contacts as they are exported and imported.
SELECT k.id AS number, k.customer_id AS customer, c.name AS customer_name, k.first_name, k.last_name, k.phone, k.email,
       k.relationship, k.type, k.linked_id AS linked, p.name AS linked_name,
       nullif(substr(CASE WHEN k.gets_orders = 1 THEN '; ordering' ELSE '' END || CASE WHEN k.gets_bills = 1 THEN '; payment' ELSE '' END
         || CASE WHEN k.gets_artwork = 1 THEN '; artwork' ELSE '' END || CASE WHEN k.gets_shipping = 1 THEN '; shipping' ELSE '' END, 3), '')
       AS roles
FROM contacts k JOIN customers c ON c.id = k.customer_id LEFT JOIN customers p ON p.id = k.linked_id
WHERE c.status <> 'purged'
  AND k.customer_id IN :customer...  -- [customer]
ORDER BY
  k.id -- {order}
