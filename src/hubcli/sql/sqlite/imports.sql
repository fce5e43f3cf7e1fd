-- What only SQLite writes so: the trigram index by rowid, and the counter of numbers that were ever given.

-- name: add_words
INSERT INTO customer_search (rowid, folded)
SELECT n.customer_id, s.folded FROM born n JOIN staged s ON s.line = n.line ORDER BY n.customer_id

-- name: highest_number
SELECT max(coalesce((SELECT max(number) FROM staged), 0),
           coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'customers'), 0)) AS number

-- name: highest_document
SELECT max(:named, coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'documents'), 0)) AS number

-- name: highest_payment
SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'payments'), 0) AS number
