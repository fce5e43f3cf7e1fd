-- name: role_list
-- The roles of a member of the staff in one cell.
       (SELECT group_concat(r.role, '; ') FROM staff_roles r WHERE r.staff_id = s.id) AS roles,
