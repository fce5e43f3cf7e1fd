-- name: customers
-- Customers as hub's own CSV has them, in its order of columns; the import reads the same.
SELECT c.id AS number, c.kind, c.company_name, c.building_code, c.first_name, c.last_name, c.email,
@{export.billing_emails}
       c.mobile_phone, c.home_phone, c.alternate_phone,
       b.line1 AS billing_line1, b.line2 AS billing_line2, b.city AS billing_city, b.state AS billing_state,
       b.zip AS billing_zip, c.type, c.source, c.found_us, f.stage, s.login AS manager, c.tax_exempt,
       f.credit_cents AS credit_balance, NULL AS credit_limit, NULL AS credit_used, NULL AS credit_terms,
       f.lifetime_value_cents AS lifetime_value, f.orders, f.first_order_on, f.last_order_on,
       c.created_at, c.archived_at, b.country AS billing_country,
       a.line1 AS delivery_line1, a.line2 AS delivery_line2, a.city AS delivery_city, a.state AS delivery_state,
       a.zip AS delivery_zip, a.country AS delivery_country, c.name, c.status,
@{export.external_ids}
       f.last_activity_on
FROM customers c
LEFT JOIN customer_figures f ON f.customer_id = c.id
LEFT JOIN addresses b ON b.customer_id = c.id AND b.kind = 'billing'
LEFT JOIN addresses a ON a.customer_id = c.id AND a.is_default = 1
LEFT JOIN staff s ON s.id = c.manager_id
@{customers.conditions}
ORDER BY
  CASE WHEN b.zip = :zip_exact THEN 0 ELSE 1 END,  -- [zip_exact]
  c.sort_name, c.id -- {order}
