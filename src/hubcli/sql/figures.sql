-- name: documents
-- Every document's kept sums anew.
UPDATE documents SET (goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents,
                      written_off_cents, open_lines, returned_lines) =
  (SELECT goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents,
          open_lines, returned_lines FROM document_figures_live f WHERE f.document_id = documents.id)

-- name: clear
-- Removes the kept figures of all customers, before they are all worked out anew.
DELETE FROM customer_figures

-- name: customers
-- Every customer's kept figures anew.
INSERT INTO customer_figures SELECT * FROM customer_figures_live

-- name: wrong_customers
-- Customers whose kept figures are not what the view says: none in a sound database.
SELECT l.customer_id FROM customer_figures_live l LEFT JOIN customer_figures f ON f.customer_id = l.customer_id
WHERE f.customer_id IS NULL OR f.stage <> l.stage OR f.orders <> l.orders
   OR f.lifetime_value_cents <> l.lifetime_value_cents OR f.owed_cents <> l.owed_cents
   OR f.credit_cents <> l.credit_cents OR f.first_order_on IS DISTINCT FROM l.first_order_on
   OR f.last_order_on IS DISTINCT FROM l.last_order_on OR f.last_activity_on IS DISTINCT FROM l.last_activity_on
ORDER BY l.customer_id

-- name: wrong_documents
-- Documents whose kept sums differ from what their rows come to; none, ever.
SELECT d.id FROM documents d JOIN document_figures_live f ON f.document_id = d.id
WHERE d.goods_cents <> f.goods_cents OR d.services_cents <> f.services_cents OR d.returned_cents <> f.returned_cents
   OR d.adjusted_cents <> f.adjusted_cents OR d.paid_cents <> f.paid_cents OR d.pending_cents <> f.pending_cents
   OR d.written_off_cents <> f.written_off_cents OR d.open_lines <> f.open_lines
   OR d.returned_lines <> f.returned_lines
ORDER BY d.id
