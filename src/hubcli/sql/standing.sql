-- name: one
-- What a customer stands on: their own settings and those of the company they are linked to; the company's come first.
SELECT c.id AS customer, c.name, c.kind, c.status, c.on_hold, c.discount_rate, c.tax_exempt,
       p.id AS company, p.name AS company_name, p.on_hold AS company_hold, p.discount_rate AS company_discount,
       p.tax_exempt AS company_exempt, k.id AS contact,
       e.tax_id, e.type AS exemption_type, e.expires_on, x.tax_id AS company_tax_id, x.type AS company_exemption_type,
       x.expires_on AS company_expires_on,
       (SELECT name FROM files WHERE id = e.file_id) AS proof, (SELECT name FROM files WHERE id = x.file_id) AS company_proof
FROM customers c
LEFT JOIN contacts k ON k.linked_id = c.id
LEFT JOIN customers p ON p.id = k.customer_id
LEFT JOIN exemptions e ON e.customer_id = c.id
LEFT JOIN exemptions x ON x.customer_id = p.id
WHERE c.id = :customer

-- name: payer
-- On whose account a customer buys: their company's, or their own.
SELECT coalesce(k.customer_id, c.id) AS payer FROM customers c LEFT JOIN contacts k ON k.linked_id = c.id
WHERE c.id = :customer

-- name: level
-- The price level that a customer buys at: their own before the company's.
SELECT l.name FROM customer_levels c JOIN price_levels l ON l.id = c.level_id
WHERE c.customer_id IN (:customer, :payer) ORDER BY CASE WHEN c.customer_id = :customer THEN 0 ELSE 1 END LIMIT 1

-- name: methods
-- The methods of payment that one customer is offered; none stands for all.
SELECT method FROM customer_methods WHERE customer_id = :customer ORDER BY id

-- name: remove_methods
-- Lets a customer pay by every method again.
DELETE FROM customer_methods WHERE customer_id = :customer

-- name: exemption
-- What a customer's exemption from sales tax rests on, if there is one.
SELECT * FROM exemptions WHERE customer_id = :customer

-- name: remove_exemption
-- Removes what an exemption from sales tax rests on.
DELETE FROM exemptions WHERE customer_id = :customer
