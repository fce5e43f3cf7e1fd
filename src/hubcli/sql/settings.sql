-- name: get
SELECT value FROM settings WHERE key = :key

-- name: all
SELECT key, value FROM settings ORDER BY key

-- name: remove
DELETE FROM settings WHERE key = :key

-- name: change
UPDATE settings SET value = :value WHERE key = :key AND value <> :value

-- name: add
INSERT INTO settings (key, value) SELECT :key, :value WHERE NOT EXISTS (SELECT 1 FROM settings WHERE key = :key)
