-- name: phones
-- Customers who have a number in common, in its normalised form. With ids, only numbers that these have.
WITH
wanted (tail) AS (  -- [ids]
  SELECT mobile_tail FROM customers WHERE id IN :ids...  -- [ids]
  UNION SELECT home_tail FROM customers WHERE id IN :ids...  -- [ids]
  UNION SELECT alternate_tail FROM customers WHERE id IN :ids...  -- [ids]
),  -- [ids]
had (key, id) AS (
  SELECT mobile_key, id FROM customers WHERE mobile_key IS NOT NULL AND status IN :status...
    AND mobile_tail IN (SELECT tail FROM wanted)  -- [ids]
  UNION ALL
  SELECT home_key, id FROM customers WHERE home_key IS NOT NULL AND status IN :status...
    AND home_tail IN (SELECT tail FROM wanted)  -- [ids]
  UNION ALL
  SELECT alternate_key, id FROM customers WHERE alternate_key IS NOT NULL AND status IN :status...
    AND alternate_tail IN (SELECT tail FROM wanted)  -- [ids]
)
@{duplicates.members}

-- name: emails
-- Customers who have an e-mail address in common, billing addresses among them. With ids, only those that these have.
WITH shared (key) AS (
  SELECT email_key FROM customers WHERE id IN :ids... AND email_key IS NOT NULL  -- [ids]
  UNION SELECT email_key FROM billing_emails WHERE customer_id IN :ids...  -- [ids]
  SELECT email_key FROM customers WHERE email_key IS NOT NULL GROUP BY email_key HAVING count(*) > 1  -- [!ids]
  UNION SELECT email_key FROM billing_emails GROUP BY email_key HAVING count(*) > 1  -- [!ids]
  UNION SELECT e.email_key FROM billing_emails e CROSS JOIN customers c ON c.email_key = e.email_key  -- [!ids]
    WHERE c.id <> e.customer_id  -- [!ids]
),
had (key, id) AS (
  SELECT s.key, c.id FROM shared s CROSS JOIN customers c ON c.email_key = s.key WHERE c.status IN :status...
  UNION ALL
  SELECT s.key, c.id FROM shared s CROSS JOIN billing_emails e ON e.email_key = s.key
  JOIN customers c ON c.id = e.customer_id WHERE c.status IN :status...
)
@{duplicates.members}

-- name: names
-- Folded names and streets by billing ZIP, one ZIP after the other. With ids, only the ZIPs of these.
SELECT b.zip_key AS zip, c.sort_name AS name, b.street_key AS street, c.id
FROM customers c CROSS JOIN addresses b ON b.customer_id = c.id AND b.kind = 'billing'
WHERE c.status IN :status... AND b.zip_key IS NOT NULL AND c.sort_name IS NOT NULL AND c.kind = 'individual'
  AND b.zip_key IN (SELECT zip_key FROM addresses WHERE customer_id IN :ids... AND kind = 'billing')  -- [ids]
ORDER BY b.zip_key

-- name: companies
-- The folded names of companies.
SELECT c.sort_name AS name, c.id FROM customers c
WHERE c.kind = 'company' AND c.status IN :status... AND c.sort_name IS NOT NULL

-- name: different
-- Pairs that were declared different.
SELECT first_id, second_id FROM different_customers

-- name: declare
-- Notes, once, that two customers are not the same; the lower number comes first.
INSERT INTO different_customers (first_id, second_id, decided_on, decided_by)
SELECT :first, :second, :today, :actor
WHERE NOT EXISTS (SELECT 1 FROM different_customers WHERE first_id = :first AND second_id = :second)

-- name: undeclare
-- Takes that note back.
DELETE FROM different_customers WHERE first_id = :first AND second_id = :second

-- name: described
-- What a person needs to see to decide.
SELECT c.id, c.name, c.kind, c.status, c.mobile_phone, c.email, b.zip, f.orders, f.lifetime_value_cents, f.owed_cents,
       f.credit_cents, local_day(c.created_at) AS created_on
FROM customers c JOIN customer_figures f ON f.customer_id = c.id
LEFT JOIN addresses b ON b.customer_id = c.id AND b.kind = 'billing'
WHERE c.id IN :ids...

-- name: touched
-- The customers that a change set touched.
SELECT DISTINCT subject AS id FROM changelog WHERE change_id = :change AND subject IS NOT NULL
