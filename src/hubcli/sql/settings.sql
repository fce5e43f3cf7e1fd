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

-- name: tax_rates
-- The tax rates by date, the latest first, and which of them holds today.
SELECT t.starts_on, t.rate, CASE WHEN t.starts_on = (SELECT max(x.starts_on) FROM tax_rates x WHERE x.starts_on <= :today)
  THEN 1 ELSE 0 END AS current, t.note
FROM tax_rates t
WHERE 1 = 1
  AND t.starts_on = :starts_on  -- [starts_on]
ORDER BY
  t.starts_on DESC -- {order}

-- name: tax_rate
SELECT id, rate, note FROM tax_rates WHERE starts_on = :starts_on

-- name: remove_tax_rate
DELETE FROM tax_rates WHERE starts_on = :starts_on
