-- name: store
-- Keeps the bytes of a file once, whoever brings them.
INSERT INTO file_contents (sha256, content) SELECT :sha256, :content
WHERE NOT EXISTS (SELECT 1 FROM file_contents WHERE sha256 = :sha256)

-- name: one
-- A file with its bytes.
SELECT f.id, f.name, f.media_type, f.size, f.sha256, f.customer_id, t.content
FROM files f LEFT JOIN file_contents t ON t.sha256 = f.sha256 WHERE f.id = :id

-- name: of_note
-- The files attached to a note.
SELECT f.id, f.name, f.media_type, f.size, f.added_on, f.added_by FROM files f JOIN notes n ON n.id = f.note_id
WHERE f.note_id = :note AND n.deleted_at IS NULL ORDER BY f.id

-- name: remove
-- Take a file off its note; its bytes stay for undo, until the person is erased.
DELETE FROM files WHERE id = :id
