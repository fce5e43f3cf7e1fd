-- name: role_list
       (SELECT group_concat(r.role, '; ') FROM staff_roles r WHERE r.staff_id = s.id) AS roles,
