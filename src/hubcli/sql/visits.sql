-- name: list
-- Visits with what a planner needs: the next ones first, then those without a day, then those that are over.
@{visits.columns}
WHERE TRUE
  AND v.customer_id IN :customer...  -- [customer]
  AND v.document_id IN :document...  -- [document]
  AND v.type IN :type...  -- [type]
  AND v.status IN :status...  -- [status]
  AND any{lower(v.driver) = lower(:driver)}  -- [driver]
  AND (upper(replace(replace(v.serial, ' ', ''), '-', '')) IN :serial... OR (v.serial IS NULL AND v.line_id IN (SELECT n.line_id FROM line_serials n WHERE n.serial_key IN :serial...)))  -- [serial]
  AND any{v.scheduled_on >= :from_on AND v.scheduled_on <= :to_on}  -- [from_on]
ORDER BY
  CASE WHEN v.status IN ('completed', 'canceled') THEN 1 ELSE 0 END, v.scheduled_on IS NULL, v.scheduled_on, v.id -- {order}

-- name: columns
-- Home visits as lists show them; a line's lowest serial number where the visit names none.
SELECT v.id AS number, v.type, v.status, d.id AS "order", v.customer_id AS customer, c.name AS customer_name,
       v.scheduled_on AS date, v.time_window, v.driver, v.method, l.line, l.model,
       coalesce(v.serial, (SELECT min(n.serial) FROM line_serials n WHERE n.line_id = v.line_id)) AS serial,
       v.description, v.failed_reason, v.completed_on, v.created_on, v.created_by, f.name AS form,
       v.document_id, v.line_id, v.form_file_id
FROM visits v JOIN customers c ON c.id = v.customer_id JOIN documents d ON d.id = v.document_id
LEFT JOIN document_lines l ON l.id = v.line_id LEFT JOIN files f ON f.id = v.form_file_id

-- name: one
-- One home visit, as lists show it.
@{visits.columns}
WHERE v.id = :id

-- name: planned
-- How many visits are planned for a day, this one aside.
SELECT count(*) AS n FROM visits WHERE scheduled_on = :day AND status IN ('scheduled', 'in-transit') AND id <> :besides

-- name: installs
-- Whether a line was sold with an install.
SELECT 1 AS yes FROM document_lines l WHERE l.id = :line AND (l.fulfillment LIKE '%install%'
  OR EXISTS (SELECT 1 FROM line_services s WHERE s.line_id = l.id AND s.kind = 'install' AND s.returned = 0))

-- name: place
-- Where a customer's goods are: the default delivery address, else the billing one.
SELECT line1, line2, city, state, zip, country FROM addresses
WHERE customer_id = :customer AND kind IN ('delivery', 'billing')
ORDER BY is_default DESC, CASE kind WHEN 'billing' THEN 0 ELSE 1 END, id LIMIT 1

-- name: cancel_of
-- Cancel the visits of an order that were not made.
UPDATE visits SET status = 'canceled' WHERE document_id = :document AND status NOT IN ('completed', 'canceled')

-- name: made
-- Visits that were made in a period, with the unit of each and the day on which a service of that unit was asked for again.
SELECT v.id, v.type, v.driver, l.model,
       coalesce(v.serial, (SELECT min(n.serial) FROM line_serials n WHERE n.line_id = v.line_id)) AS serial,
       v.completed_on,
       (SELECT min(n.created_on) FROM visits n
        WHERE n.document_id = v.document_id AND n.line_id = v.line_id AND n.id > v.id
          AND n.type = 'service' AND n.status <> 'canceled') AS again_on
FROM visits v LEFT JOIN document_lines l ON l.id = v.line_id
WHERE v.status = 'completed' AND v.completed_on >= :date_from AND v.completed_on <= :date_to
  AND v.type IN :type...  -- [type]
ORDER BY v.completed_on, v.id
