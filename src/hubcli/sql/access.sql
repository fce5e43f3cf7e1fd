-- name: login
-- The login of a customer, if there is one; of a password only the salted hash.
SELECT id, customer_id, username, username_key, password_hash, disabled FROM logins WHERE customer_id = :customer

-- name: username
-- Whose login a folded user name is.
SELECT customer_id FROM logins WHERE username_key = :key

-- name: remove_login
-- Removes a login.
DELETE FROM logins WHERE id = :id

-- name: fields
-- The shop's own fields, with how many customers have each.
SELECT f.id, f.name, f.type, f.choices, f.required, f.longest, f.description, f.retired,
       (SELECT count(*) FROM field_values v WHERE v.field_id = f.id) AS customers
FROM custom_fields f
ORDER BY
  f.name -- {order}

-- name: value
-- What a customer has in one of the shop's own fields.
SELECT id, value FROM field_values WHERE customer_id = :customer AND field_id = :field

-- name: values
-- What the shop's own fields hold for a customer.
SELECT f.name, v.value FROM field_values v JOIN custom_fields f ON f.id = v.field_id WHERE v.customer_id = :customer
ORDER BY f.name

-- name: lacking
-- The required fields of the shop's own that a customer has no value of.
SELECT f.name FROM custom_fields f WHERE f.required = 1 AND f.retired = 0
  AND NOT EXISTS (SELECT 1 FROM field_values v WHERE v.customer_id = :customer AND v.field_id = f.id) ORDER BY f.name

-- name: values_like
-- The values of a field that are a text, small and capital letters alike, or have it among several.
SELECT DISTINCT value FROM field_values
WHERE field_id = :field AND (lower(value) = lower(:value) OR '; ' || lower(value) || '; ' LIKE lower(:among) ESCAPE '\')

-- name: used_values
-- The values that a field has, with how many customers have each.
SELECT value, count(*) AS customers FROM field_values WHERE field_id = :field GROUP BY value ORDER BY value

-- name: remove_value
-- Empties one of the shop's own fields of a customer.
DELETE FROM field_values WHERE id = :id

-- name: consented
-- Customers with what is noted of their consent, as the command that wrote it shows them.
SELECT id, name, consent, consent_on, consent_how FROM customers WHERE id IN :ids... ORDER BY id
