-- name: files
-- The files kept of some customers, with their bytes; none of an internal note.
SELECT f.id, f.name, t.content FROM files f JOIN file_contents t ON t.sha256 = f.sha256
LEFT JOIN notes n ON n.id = f.note_id
WHERE f.customer_id IN :ids... AND n.type IS NOT 'internal' ORDER BY f.id

-- name: once_internal
-- Notes that were internal for a while.
SELECT DISTINCT row_id AS id FROM changelog
WHERE subject IN :ids... AND tbl = 'notes' AND field = 'type' AND old = '''internal'''
