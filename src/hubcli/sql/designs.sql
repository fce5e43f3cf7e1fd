-- name: list
-- Designs that are not deleted, with how many orders used each.
SELECT g.id AS number, g.customer_id AS customer, c.name AS customer_name, g.name, g.type, f.media_type, g.width, g.height,
       f.size, (SELECT count(DISTINCT l.document_id) FROM document_lines l JOIN documents d ON d.id = l.document_id
                WHERE l.design_id = g.id AND d.ordered_on IS NOT NULL AND d.status NOT IN ('draft', 'canceled')) AS used,
       g.added_on, g.added_by, g.file_id, g.deleted_at
FROM designs g JOIN customers c ON c.id = g.customer_id JOIN files f ON f.id = g.file_id
WHERE TRUE
  AND g.deleted_at IS NULL  -- [!id]
  AND g.id = :id  -- [id]
  AND g.customer_id IN :customer...  -- [customer]
  AND g.type IN :type...  -- [type]
ORDER BY
  g.id DESC -- {order}

-- name: on_line
-- The line of a document that a design is to stand on.
UPDATE document_lines SET design_id = :design WHERE document_id = :document AND line = :line

-- name: layouts
-- Layouts that are not deleted.
SELECT y.id AS number, y.customer_id AS customer, c.name AS customer_name, y.name, y.product, y.process, y.position,
       y.design_id AS design, y.document_id AS last_order, y.created_on, y.deleted_at
FROM layouts y JOIN customers c ON c.id = y.customer_id
WHERE TRUE
  AND y.deleted_at IS NULL  -- [!id]
  AND y.id = :id  -- [id]
  AND y.customer_id IN :customer...  -- [customer]
ORDER BY
  y.id DESC -- {order}

-- name: artwork
-- Artwork jobs, those that wait first.
SELECT w.id AS number, w.status, w.name, w.customer_id AS customer, c.name AS customer_name, w.document_id AS "order",
       w.design_id AS design, w.process, w.fee_cents AS fee, w.description, w.note, w.created_on, w.decided_on, f.name AS ready,
       w.ready_file_id, g.file_id AS artwork_file_id
FROM artwork_jobs w JOIN customers c ON c.id = w.customer_id
LEFT JOIN designs g ON g.id = w.design_id LEFT JOIN files f ON f.id = w.ready_file_id
WHERE TRUE
  AND w.id = :id  -- [id]
  AND w.status IN :status...  -- [status]
  AND w.customer_id IN :customer...  -- [customer]
  AND w.document_id IN :document...  -- [document]
ORDER BY
  CASE WHEN w.status IN ('approved', 'rejected') THEN 1 ELSE 0 END, w.id -- {order}

-- name: jobs_of
-- How many jobs an order has, and how many of them are approved.
SELECT count(*) AS jobs, sum(CASE WHEN status = 'approved' THEN 1 ELSE 0 END) AS approved
FROM artwork_jobs WHERE document_id = :document

-- name: without_job
-- The designs on the lines of an order, with the process of the line, that no job of the order is about.
SELECT DISTINCT l.design_id AS design, l.decoration AS process, g.name
FROM document_lines l JOIN designs g ON g.id = l.design_id
WHERE l.document_id = :document AND NOT EXISTS (
  SELECT 1 FROM artwork_jobs w
  WHERE w.document_id = l.document_id AND w.design_id = l.design_id AND coalesce(w.process, '') = coalesce(l.decoration, ''))
ORDER BY l.design_id, l.decoration

-- name: remove_job
-- Removes an artwork job.
DELETE FROM artwork_jobs WHERE id = :id
