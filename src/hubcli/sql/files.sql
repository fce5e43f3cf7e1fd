-- name: store
INSERT INTO file_contents (sha256, content) SELECT :sha256, :content
WHERE NOT EXISTS (SELECT 1 FROM file_contents WHERE sha256 = :sha256)

-- name: one
-- A file with its bytes.
SELECT f.id, f.name, f.media_type, f.size, f.sha256, f.customer_id, t.content
FROM files f LEFT JOIN file_contents t ON t.sha256 = f.sha256 WHERE f.id = :id

-- name: of_note
-- The files attached to a note.
SELECT f.id, f.name, f.media_type, f.size, f.added_on, f.added_by FROM files f WHERE f.note_id = :note ORDER BY f.id
