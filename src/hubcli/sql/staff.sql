-- name: list
-- The staff by login, all or those who work here, with how many active customers each manages.
SELECT s.id, s.login, s.name, s.active,
       (SELECT count(*) FROM customers c WHERE c.manager_id = s.id AND c.status = 'active') AS customers,
@{staff.role_list}
       s.os_user, s.is_job AS job
FROM staff s
WHERE TRUE
  AND s.active = 1  -- [active]
ORDER BY
  s.login, s.id -- {order}

-- name: by_login
-- A member of the staff by login.
SELECT id, login, name, active, is_job FROM staff WHERE login = :login

-- name: by_name
-- Members of the staff of this name, in whatever case.
SELECT id, login, name, active FROM staff WHERE lower(name) = lower(:name)

-- name: one
-- A member of the staff, with how many active customers and how many documents are theirs.
SELECT s.id, s.login, s.name, s.active,
       (SELECT count(*) FROM customers c WHERE c.manager_id = s.id AND c.status = 'active') AS customers,
@{staff.role_list}
       s.os_user, s.is_job AS job, s.is_job,
       (SELECT count(*) FROM documents d WHERE d.salesperson_id = s.id) AS documents
FROM staff s WHERE s.id = :id

-- name: reassign
-- Hands all customers of an account manager over to another one.
UPDATE customers SET manager_id = :to WHERE manager_id = :from

-- name: roles_of
-- The roles that someone has, in the order they were given.
SELECT role FROM staff_roles WHERE staff_id = :id ORDER BY id

-- name: role_holders
-- Who holds each role and works here.
SELECT r.role, s.login FROM staff_roles r JOIN staff s ON s.id = r.staff_id WHERE s.active = 1 ORDER BY s.login

-- name: take_role
-- Takes a role away.
DELETE FROM staff_roles WHERE staff_id = :id AND role = :role

-- name: in_force
-- Roles are asked as soon as somebody who works here is Administrator.
SELECT 1 FROM staff_roles r JOIN staff s ON s.id = r.staff_id WHERE r.role = 'administrator' AND s.active = 1 LIMIT 1

-- name: other_administrator
-- An Administrator who works here besides this one, if there is any.
SELECT s.login FROM staff_roles r JOIN staff s ON s.id = r.staff_id
WHERE r.role = 'administrator' AND s.active = 1 AND s.id <> :id LIMIT 1

-- name: other_active
-- Someone who works here besides this one, if there is anybody.
SELECT login FROM staff WHERE active = 1 AND id <> :id LIMIT 1

-- name: any
-- Whether there is any staff at all.
SELECT 1 FROM staff LIMIT 1

-- name: bound
-- The staff member that a system user is bound to.
SELECT id, login FROM staff WHERE os_user = :os_user AND active = 1 LIMIT 1

-- name: wrote
-- Whether anybody of this name works here or ever wrote something down.
SELECT 1 AS there FROM staff WHERE login = :name
UNION ALL SELECT 1 FROM changes WHERE actor = :name
UNION ALL SELECT 1 FROM notes WHERE author = :name
UNION ALL SELECT 1 FROM payments WHERE recorded_by = :name
UNION ALL SELECT 1 FROM line_repayments WHERE recorded_by = :name
UNION ALL SELECT 1 FROM customers WHERE archived_by = :name
LIMIT 1

-- name: writers
-- Everybody who works here or made a change.
SELECT login FROM staff UNION SELECT actor FROM changes ORDER BY 1

-- name: did
-- Whether an actor made a change by a command since a day.
SELECT 1 FROM changes WHERE actor = :actor AND command = :command AND recorded_at >= :since LIMIT 1

-- name: actors
-- Who made changes since a day and is not registered, with how often, when last, and by what.
SELECT c.actor, count(*) AS changes, max(c.recorded_at) AS last_at, min(c.command) AS command,
       count(DISTINCT c.command) AS commands
FROM changes c
WHERE c.recorded_at >= :since AND c.opening = 0 AND c.outside = 0
  AND NOT EXISTS (SELECT 1 FROM staff s WHERE s.login = c.actor)
GROUP BY c.actor ORDER BY c.actor

-- name: entries
-- The log entries of the change set under way.
SELECT l.operation, l.tbl, l.row_id, l.field, l.old, l.new FROM changelog l
WHERE l.seq > coalesce((SELECT last_seq FROM changes WHERE last_seq IS NOT NULL ORDER BY id DESC LIMIT 1), 0)

-- name: written
-- What the change set under way did that takes a right of its own, whatever command it was.
SELECT DISTINCT CASE
    WHEN l.tbl = 'payments' AND l.operation = 'insert' AND l.new LIKE '%method=''write-off''%' THEN 'payments.write-off'
    WHEN l.tbl = 'exemptions' OR (l.tbl = 'customers' AND l.field = 'tax_exempt')
      OR (l.tbl = 'customers' AND l.operation = 'insert' AND l.new LIKE '%tax_exempt=1,%') THEN 'customers.exempt'
    WHEN l.tbl = 'credit_lines' THEN 'credit.line'
    WHEN l.tbl = 'staff_roles' OR (l.tbl = 'staff' AND l.field = 'os_user') THEN 'staff.manage'
    WHEN l.tbl = 'settings' AND k.key = 'books.closed_through' THEN 'books.close'
    WHEN l.tbl = 'settings' AND (k.key LIKE 'payments.%' OR coalesce(l.new, l.old) LIKE '%key=''payments.%')
      THEN 'settings.payments'
    END AS needs
FROM (
@{staff.entries}
) l LEFT JOIN settings k ON l.tbl = 'settings' AND k.id = l.row_id

-- name: assigned
-- Who sells these documents, and whether they are orders.
SELECT d.id, d.ordered_on, d.salesperson_id, s.login FROM documents d LEFT JOIN staff s ON s.id = d.salesperson_id
WHERE d.id IN :ids... ORDER BY d.id
