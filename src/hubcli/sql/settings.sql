-- name: get
-- The value of a setting as text; no row where it has its default.
SELECT value FROM settings WHERE key = :key

-- name: all
-- Every setting that has not its default.
SELECT key, value FROM settings ORDER BY key

-- name: remove
-- Gives a setting its default back.
DELETE FROM settings WHERE key = :key

-- name: change
-- Changes a setting that has a value of its own, where it differs.
UPDATE settings SET value = :value WHERE key = :key AND value <> :value

-- name: add
-- Gives a setting a value of its own, unless it has one.
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
-- The tax rate that begins on a day, in thousandths of a percent.
SELECT id, rate, note FROM tax_rates WHERE starts_on = :starts_on

-- name: remove_tax_rate
-- Removes the tax rate that begins on a day.
DELETE FROM tax_rates WHERE starts_on = :starts_on
