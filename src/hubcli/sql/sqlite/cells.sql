-- How SQLite writes a value, {x}, as a cell of CSV: for each kind of column what render/columns.py makes of it. A list
-- that is kept as JSON stays one. Kinds that have no block here are made in Python.

-- name: plain
{x}

-- name: prefixed
CASE WHEN typeof({x}) = 'integer' THEN '{prefix}' || {x} ELSE {x} END

-- name: money
CASE WHEN {x} >= 0 THEN printf('%d.%02d', {x} / 100, {x} % 100)
     WHEN {x} < 0 THEN printf('-%d.%02d', -({x} / 100), -({x} % 100)) END

-- name: bool
CASE WHEN {x} THEN 'yes' WHEN {x} IS NOT NULL THEN 'no' END

-- name: list
CASE WHEN substr({x}, 1, 1) <> '[' THEN {x} WHEN json_valid({x}) THEN json({x}) ELSE {x} END
