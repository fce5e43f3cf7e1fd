-- name: files
-- The files kept of some customers, with their bytes.
SELECT f.id, f.name, t.content FROM files f JOIN file_contents t ON t.sha256 = f.sha256
WHERE f.customer_id IN :ids... ORDER BY f.id
