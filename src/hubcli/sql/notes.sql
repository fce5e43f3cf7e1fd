-- name: list
-- Notes that are not deleted, the newest first, with whose they are.
SELECT n.id AS number, n.customer_id AS customer, c.name AS customer_name, n.type, n.persistence, n.important, n.text,
       n.author, n.written_on
FROM notes n JOIN customers c ON c.id = n.customer_id
WHERE n.deleted_at IS NULL
  AND n.customer_id IN :customer...  -- [customer]
  AND n.type IN :type...  -- [type]
  AND n.persistence IN :persistence...  -- [persistence]
  AND n.important = 1  -- [important]
  AND n.author IN :author...  -- [author]
ORDER BY
  n.id DESC -- {order}

-- name: one
-- One note with whose it is, a deleted one too.
SELECT n.id AS number, n.customer_id AS customer, c.name AS customer_name, n.type, n.persistence, n.important, n.text,
       n.author, n.written_on, n.deleted_at
FROM notes n JOIN customers c ON c.id = n.customer_id WHERE n.id = :id
