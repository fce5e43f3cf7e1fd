-- name: list
-- Terms, the default first.
SELECT t.id AS number, t.name, t.deposit_rate AS deposit, t.days, t.counted_from, t.is_default AS "default", t.retired,
       (SELECT count(*) FROM credit_lines l WHERE l.terms_id = t.id AND l.closed_on IS NULL) AS credit_lines, t.description
FROM terms t
WHERE 1 = 1
  AND t.retired = 0 -- [!retired]
ORDER BY
  t.is_default DESC, t.days, t.name -- {order}

-- name: one
-- Terms by their number, and how many open credit lines have them; the deposit in basis points.
SELECT t.id AS number, t.name, t.deposit_rate AS deposit, t.days, t.counted_from, t.is_default AS "default", t.retired,
       (SELECT count(*) FROM credit_lines l WHERE l.terms_id = t.id AND l.closed_on IS NULL) AS credit_lines, t.description
FROM terms t WHERE t.id = :id

-- name: all
-- All terms, retired ones too.
SELECT * FROM terms ORDER BY id
