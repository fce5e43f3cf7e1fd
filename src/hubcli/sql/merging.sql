-- name: merged
-- The customers that were merged into one.
SELECT id FROM customers WHERE merged_into = :id ORDER BY id

-- name: erasure
-- Whether one of them waits to be erased.
SELECT id FROM erasures WHERE customer_id IN :ids... AND erased_on IS NULL AND withdrawn_on IS NULL

-- name: linked
-- Whether one of two customers is the company of the other.
SELECT id FROM contacts WHERE (customer_id = :one AND linked_id = :other) OR (customer_id = :other AND linked_id = :one)

-- name: companies
-- The companies that these are contacts of.
SELECT DISTINCT customer_id FROM contacts WHERE linked_id IN :ids... ORDER BY 1

-- name: emails
-- The addresses a customer has: its own and those for bills.
SELECT email_key FROM customers WHERE id = :id AND email_key IS NOT NULL
UNION SELECT email_key FROM billing_emails WHERE customer_id = :id

-- name: former_billing
-- Where both have a billing address, the merged one's becomes former.
UPDATE addresses SET kind = 'former', former_on = :today WHERE customer_id = :number AND kind = 'billing'
  AND EXISTS (SELECT 1 FROM addresses k WHERE k.customer_id = :survivor AND k.kind = 'billing')

-- name: no_default
-- Where both have a default delivery address, the merged one's is one of the others.
UPDATE addresses SET is_default = 0 WHERE customer_id = :number AND is_default = 1
  AND EXISTS (SELECT 1 FROM addresses k WHERE k.customer_id = :survivor AND k.is_default = 1)

-- name: change
-- The change set that merged a customer, and the one it went into then.
SELECT change_id, CAST(new AS INTEGER) AS into_id FROM changelog
WHERE tbl = 'customers' AND row_id = :id AND subject = :id AND field = 'merged_into' AND old = 'NULL'
ORDER BY seq DESC LIMIT 1

-- name: below_zero
-- Whose customer credit is, or was at any time, below zero as its entries stand now.
SELECT customer_id FROM (SELECT customer_id, sum(amount_cents) OVER (PARTITION BY customer_id ORDER BY id) AS balance
                         FROM wallet_entries WHERE customer_id IN :ids...) WHERE balance < 0 LIMIT 1
