-- How SQLite writes a value, {x}, as a cell of CSV: for each kind of column what render/columns.py makes of it. Kinds
-- that have no block here are made in Python. What names {x} twice may work it out twice.

-- name: plain
coalesce({x}, '')

-- name: prefixed
CASE WHEN typeof({x}) = 'integer' THEN '{prefix}' || {x} ELSE coalesce({x}, '') END

-- name: money
CASE WHEN {x} >= 0 THEN printf('%d.%02d', {x} / 100, {x} % 100)
     WHEN {x} < 0 THEN printf('-%d.%02d', -({x} / 100), -({x} % 100)) ELSE '' END

-- name: bool
CASE WHEN {x} THEN 'yes' WHEN {x} IS NOT NULL THEN 'no' ELSE '' END
