-- name: list
SELECT v.id, v.name, v.noun, v.arguments FROM saved_views v ORDER BY v.name, v.id

-- name: by_name
SELECT v.id, v.name, v.noun, v.arguments FROM saved_views v WHERE v.name = :name

-- name: delete
DELETE FROM saved_views WHERE id = :id
