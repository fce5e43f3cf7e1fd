-- name: terms
-- The models and descriptions that hold a text.
SELECT id FROM line_terms WHERE folded LIKE :text ESCAPE '\' AND folded <> '' ORDER BY id

-- name: serials
-- Customers who have a unit whose serial number begins so.
SELECT d.customer_id FROM line_serials n CROSS JOIN document_lines l ON l.id = n.line_id
CROSS JOIN documents d ON d.id = l.document_id
WHERE n.serial_key >= :serial_from AND n.serial_key < :serial_to LIMIT :most OFFSET :skip

-- name: lines
-- Customers with a line of these models on a document.
SELECT d.customer_id FROM document_lines l CROSS JOIN documents d ON d.id = l.document_id
WHERE l.term_id IN :terms... LIMIT :most OFFSET :skip

-- name: phone_tail
SELECT id FROM customers WHERE mobile_tail = :phone_tail
UNION SELECT id FROM customers WHERE home_tail = :phone_tail
UNION SELECT id FROM customers WHERE alternate_tail = :phone_tail LIMIT :most OFFSET :skip

-- name: any_zip
SELECT customer_id FROM addresses WHERE zip_key = :any_zip LIMIT :most OFFSET :skip

-- name: zip
SELECT customer_id FROM addresses WHERE kind = 'billing' AND zip_key = :zip LIMIT :most OFFSET :skip

-- name: zip_from
SELECT customer_id FROM addresses WHERE kind = 'billing' AND zip_key >= :zip_from AND zip_key < :zip_to LIMIT :most OFFSET :skip

-- name: city
SELECT customer_id FROM addresses WHERE city_key = :city LIMIT :most OFFSET :skip

-- name: ordered
SELECT customer_id FROM documents WHERE ordered_on IS NOT NULL
  AND ordered_on >= :ordered_from  -- [ordered_from]
  AND ordered_on <= :ordered_to  -- [ordered_to]
LIMIT :most OFFSET :skip

-- name: own_values
SELECT customer_id FROM field_values WHERE field_id IN :own_of... AND field_id || '=' || value IN :own_values...
LIMIT :most OFFSET :skip

-- name: manager
SELECT id FROM customers WHERE manager_id IN :manager... LIMIT :most OFFSET :skip

-- name: owes
SELECT customer_id FROM customer_figures WHERE owed_cents <> 0 AND owed_cents >= :owes
UNION SELECT customer_id FROM credit_line_debts WHERE kind = 'draw' LIMIT :most OFFSET :skip

-- name: idle
SELECT customer_id FROM customer_figures WHERE last_activity_on < :idle_since LIMIT :most OFFSET :skip

-- name: archived
SELECT id FROM customers WHERE archived_at IS NOT NULL
  AND archived_at >= :archived_from  -- [archived_from]
  AND archived_at < :archived_to  -- [archived_to]
LIMIT :most OFFSET :skip

-- name: changed
SELECT DISTINCT subject FROM changelog WHERE subject IS NOT NULL
  AND seq > (SELECT coalesce(max(last_seq), 0) FROM changes WHERE id <= :changed_after)
LIMIT :most OFFSET :skip

-- name: last
SELECT max(id) AS id FROM customers
