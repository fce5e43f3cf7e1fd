-- name: list
SELECT s.id, s.login, s.name, s.active,
       (SELECT count(*) FROM customers c WHERE c.manager_id = s.id AND c.status = 'active') AS customers
FROM staff s
WHERE TRUE
  AND s.active = 1  -- [active]
ORDER BY
  s.login, s.id -- {order}

-- name: by_login
SELECT id, login, name, active FROM staff WHERE login = :login

-- name: by_name
SELECT id, login, name, active FROM staff WHERE lower(name) = lower(:name)

-- name: one
SELECT s.id, s.login, s.name, s.active,
       (SELECT count(*) FROM customers c WHERE c.manager_id = s.id AND c.status = 'active') AS customers,
       (SELECT count(*) FROM documents d WHERE d.salesperson_id = s.id) AS documents
FROM staff s WHERE s.id = :id

-- name: reassign
UPDATE customers SET manager_id = :to WHERE manager_id = :from
