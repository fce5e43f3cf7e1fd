-- What only SQLite writes so: group_concat where others have string_agg. Rows come by an index that ends in the id.

-- name: customers_as_text
-- The same for CSV and TSV: each row is one JSON array of its cells. SQLite then sorts one value a row and not forty,
-- and Python is handed one.
SELECT json_array(
  number -- {cells}
) FROM (
@{export.customer_rows}
)
ORDER BY
  CASE WHEN number = :numbered THEN 0 ELSE 1 END,  -- [numbered]
  CASE WHEN billing_zip IN :zip_exact... THEN 0 ELSE 1 END,  -- [zip_exact]
  sort_name, number -- {order}

-- name: billing_emails
-- A customer's billing e-mails in one cell.
       (SELECT group_concat(e.email, '; ') FROM billing_emails e WHERE e.customer_id = c.id) AS billing_emails,

-- name: external_ids
-- A customer's numbers in other systems in one cell, as system and number.
       (SELECT group_concat(x.system || ':' || x.external_id, '; ') FROM external_ids x
        WHERE x.customer_id = c.id) AS external_ids,

-- name: own_fields
-- What a customer has in the shop's own fields, as JSON by the number of the field.
       (SELECT json_group_object(w.field_id, w.value) FROM field_values w WHERE w.customer_id = c.id) AS own_fields

-- name: installs
-- The installations of a line in one cell, as name and price.
       CASE WHEN d.services_cents <> 0 THEN (SELECT group_concat(v.name || '@' ||
@{export.priced}
          , '; ') FROM line_services v WHERE v.line_id = l.id AND v.kind = 'install') END AS installs,
