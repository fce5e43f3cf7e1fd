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
-- Customers who have a phone of these last seven digits.
SELECT id FROM customers WHERE mobile_tail IN :phone_tail...
UNION SELECT id FROM customers WHERE home_tail IN :phone_tail...
UNION SELECT id FROM customers WHERE alternate_tail IN :phone_tail... LIMIT :most OFFSET :skip

-- name: any_zip
-- Customers with any address in a ZIP.
SELECT customer_id FROM addresses WHERE zip_key IN :any_zip... LIMIT :most OFFSET :skip

-- name: zip
-- Customers whose billing address is in a ZIP.
SELECT customer_id FROM addresses WHERE kind = 'billing' AND zip_key IN :zip... LIMIT :most OFFSET :skip

-- name: zip_from
-- Customers whose billing ZIP begins so.
SELECT customer_id FROM addresses WHERE kind = 'billing' AND any{zip_key >= :zip_from AND zip_key < :zip_to}
LIMIT :most OFFSET :skip

-- name: city
-- Customers with any address in a city, folded.
SELECT customer_id FROM addresses WHERE city_key IN :city... LIMIT :most OFFSET :skip

-- name: ordered
-- Customers with an order of these days; drafts are still among them.
SELECT customer_id FROM documents
WHERE ordered_on IS NOT NULL AND any{ordered_on >= :ordered_from AND ordered_on <= :ordered_to}
LIMIT :most OFFSET :skip

-- name: own_values
-- Customers with one of these values in a field of the shop's own.
SELECT customer_id FROM field_values WHERE field_id IN :own_of... AND field_id || '=' || value IN :own_values...
LIMIT :most OFFSET :skip

-- name: manager
-- Customers of these account managers.
SELECT id FROM customers WHERE manager_id IN :manager...
  OR manager_id IS NULL  -- [no_manager]
LIMIT :most OFFSET :skip

-- name: owes
-- Customers who owe at least so many cents, and all who have a draw on a credit line to repay.
SELECT customer_id FROM customer_figures WHERE owed_cents <> 0 AND owed_cents >= :owes
UNION SELECT customer_id FROM credit_line_debts WHERE kind = 'draw' LIMIT :most OFFSET :skip

-- name: idle
-- Customers without activity since a day.
SELECT customer_id FROM customer_figures WHERE last_activity_on < :idle_since LIMIT :most OFFSET :skip

-- name: archived
-- Customers archived in a span of days.
SELECT id FROM customers
WHERE archived_at IS NOT NULL AND any{archived_at >= :archived_from AND archived_at <= :archived_to}
LIMIT :most OFFSET :skip

-- name: changed
-- Customers that the log has entries about after a change set.
SELECT DISTINCT subject FROM changelog WHERE subject IS NOT NULL
  AND (seq > (SELECT coalesce(max(last_seq), 0) FROM changes WHERE id <= :changed_after)
    OR change_id IN (SELECT id FROM changes WHERE recorded_at >= :changed_at)  -- [changed_at]
  )
LIMIT :most OFFSET :skip

-- name: last
-- The highest customer number, which tells about how many there are.
SELECT max(id) AS id FROM customers
