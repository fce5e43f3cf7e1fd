-- name: first
-- The first change set recorded after an instant; whether one of them is an opening state that the log does not itemise.
SELECT min(id) AS change, max(opening) AS opening FROM changes WHERE recorded_at > :at

-- name: entries
-- What was logged after an instant of the tables that money is worked out from, the latest first.
SELECT l.operation, l.tbl, l.row_id, l.field, l.old, l.new
FROM changelog l JOIN changes h ON h.id = l.change_id
WHERE l.seq >= (SELECT min(first_seq) FROM changes WHERE recorded_at > :at) AND h.recorded_at > :at
  AND l.personal = 0 AND l.tbl IN :tables...
ORDER BY l.seq DESC

-- name: sums
-- The kept sums of a document, as schema.sql says what they are, from whatever the tables' names stand for.
SELECT
  (SELECT coalesce(sum(l.net_cents), 0) FROM document_lines l WHERE l.document_id = :id) AS goods_cents,
  (SELECT coalesce(sum(v.quantity * v.price_cents), 0) FROM line_services v WHERE v.document_id = :id)
    AS services_cents,
  (SELECT coalesce(sum(b.amount_cents), 0) FROM returns r JOIN return_lines b ON b.return_id = r.id
   WHERE r.document_id = :id AND r.ended_on IS NULL)
    + (SELECT coalesce(sum(r.delivery_cents + r.tax_cents - r.discount_cents - r.restocking_cents), 0)
       FROM returns r WHERE r.document_id = :id AND r.ended_on IS NULL) AS returned_cents,
  (SELECT coalesce(sum(a.amount_cents), 0) FROM adjustments a WHERE a.document_id = :id AND a.ended_on IS NULL)
    AS adjusted_cents,
  (SELECT coalesce(sum(p.amount_cents), 0) FROM payments p WHERE p.document_id = :id AND p.status = 'confirmed')
    - (SELECT coalesce(sum(r.amount_cents), 0) FROM refunds r WHERE r.document_id = :id AND r.ended_on IS NULL)
    AS paid_cents,
  (SELECT coalesce(sum(p.amount_cents), 0) FROM payments p WHERE p.document_id = :id AND p.status = 'pending')
    AS pending_cents
