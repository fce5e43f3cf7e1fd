-- The import stages rows in temporary tables, finds whom they are about set-based, and writes them set-based.

-- name: stage_customers
-- Rows of the file that can be taken: what they are matched by, and where on the shelf all lies that they hold.
-- "declared" ones name a number of their own, so two of them are two customers; by "bare" ones nobody could be reached.
-- The last numbers count what a row brings.
CREATE TEMP TABLE IF NOT EXISTS staged (
  line INTEGER NOT NULL PRIMARY KEY, number INTEGER, declared INTEGER NOT NULL, sort_name TEXT NOT NULL,
  folded TEXT NOT NULL, email_key TEXT, mobile_key TEXT, home_key TEXT, alternate_key TEXT, zip_key TEXT, manager TEXT,
  bare INTEGER NOT NULL, addresses INTEGER NOT NULL, billing_emails INTEGER NOT NULL, external_ids INTEGER NOT NULL,
  notes INTEGER NOT NULL, shelved INTEGER NOT NULL
)

-- name: stage_own
-- What those rows hold in columns named after the shop's own fields.
CREATE TEMP TABLE IF NOT EXISTS staged_own (line INTEGER NOT NULL, field_id INTEGER NOT NULL, value TEXT NOT NULL)

-- name: reached_by
-- How the people of the file are reached.
SELECT line, email_key, mobile_key, home_key, alternate_key FROM staged ORDER BY line

-- name: staged_line
-- A line, if it is still among the rows that can be taken.
SELECT line FROM staged WHERE line = :line

-- name: stage_known
-- Those of them that somebody who is there comes into question for, unpacked.
CREATE TEMP TABLE IF NOT EXISTS known (
  line INTEGER NOT NULL PRIMARY KEY, number INTEGER, kind TEXT NOT NULL, status TEXT, company_name TEXT, first_name TEXT,
  last_name TEXT, building_code TEXT, mobile_phone TEXT, mobile_key TEXT, home_phone TEXT, home_key TEXT,
  alternate_phone TEXT, alternate_key TEXT, email TEXT, email_key TEXT, type TEXT, source TEXT, found_us TEXT,
  manager TEXT, consent INTEGER, tax_exempt INTEGER, on_hold INTEGER, created_at TEXT, archived_at TEXT, touched_on TEXT,
  sort_name TEXT NOT NULL, billing_line1 TEXT, billing_line2 TEXT, billing_city TEXT, billing_state TEXT,
  billing_zip TEXT, billing_country TEXT, billing_street_key TEXT, billing_city_key TEXT, delivery_label TEXT,
  delivery_line1 TEXT, delivery_line2 TEXT, delivery_city TEXT, delivery_state TEXT, delivery_zip TEXT,
  delivery_country TEXT, delivery_street_key TEXT, delivery_city_key TEXT, note TEXT
)

-- name: stage_ids
-- Other systems' numbers of those rows.
CREATE TEMP TABLE IF NOT EXISTS staged_ids (line INTEGER NOT NULL, system TEXT NOT NULL, external_id TEXT NOT NULL)

-- name: stage_emails
-- Billing e-mails of the rows in known.
CREATE TEMP TABLE IF NOT EXISTS staged_emails (line INTEGER NOT NULL, email TEXT NOT NULL, email_key TEXT NOT NULL)

-- name: stage_phones
-- Their phones in the form for comparing, and what an index finds them by.
CREATE TEMP TABLE IF NOT EXISTS staged_phones (line INTEGER NOT NULL, phone_key TEXT NOT NULL, tail TEXT NOT NULL)

-- name: stage_owners
-- Which customers have an e-mail address or a phone that stands in the file.
CREATE TEMP TABLE IF NOT EXISTS owners (contact TEXT NOT NULL, customer_id INTEGER NOT NULL)

-- name: stage_candidates
-- Whom a row may be about, and how that is known: 0 the number is another's, 1 an external id, 2 the number, 3 the
-- e-mail, 4 a phone, 5 name and ZIP.
CREATE TEMP TABLE IF NOT EXISTS candidates (line INTEGER NOT NULL, customer_id INTEGER NOT NULL, how INTEGER NOT NULL)

-- name: stage_verdicts
-- What becomes of each row that is not simply new: hit, conflict, maybe; and why.
CREATE TEMP TABLE IF NOT EXISTS verdicts (
  line INTEGER NOT NULL PRIMARY KEY, verdict TEXT NOT NULL, customer_id INTEGER, what TEXT, whom TEXT
)

-- name: stage_born
-- The numbers that new rows get.
CREATE TEMP TABLE IF NOT EXISTS born (line INTEGER NOT NULL PRIMARY KEY, customer_id INTEGER NOT NULL)

-- name: stage_managers
-- Whom the file means by an account manager's name.
CREATE TEMP TABLE IF NOT EXISTS managers (manager TEXT NOT NULL PRIMARY KEY, staff_id INTEGER)

-- name: stage_changed
-- Customers that were there and change.
CREATE TEMP TABLE IF NOT EXISTS changed (customer_id INTEGER NOT NULL PRIMARY KEY)

-- name: stage_digested
-- Digests of log entries from one number to another, made while their rows were at hand; see changelog.py.
CREATE TEMP TABLE IF NOT EXISTS digested (
  first INTEGER NOT NULL PRIMARY KEY, last INTEGER NOT NULL, digests TEXT NOT NULL
)

-- name: digested
-- Keeps the digests of the log entries from one number to another.
INSERT INTO digested (first, last, digests) VALUES (?, ?, ?)

-- name: stage_cells
-- The rows as they stand in the file, for the file of rejected ones.
CREATE TEMP TABLE IF NOT EXISTS staged_cells (line INTEGER NOT NULL PRIMARY KEY, cells TEXT NOT NULL)

-- name: anyone
-- Whether there is any customer at all to be matched with.
SELECT 1 AS one FROM customers LIMIT 1

-- name: proportion
-- How many customers are there, and how many come.
SELECT (SELECT count(*) FROM customers) AS there, (SELECT count(*) FROM born) AS new

-- name: spread_phones
-- Every phone of the staged rows, each once a row, with its last seven digits.
INSERT INTO staged_phones (line, phone_key, tail)
SELECT line, mobile_key, substr(mobile_key, -7) FROM staged WHERE mobile_key IS NOT NULL
UNION ALL SELECT line, home_key, substr(home_key, -7) FROM staged
  WHERE home_key IS NOT NULL AND home_key IS DISTINCT FROM mobile_key
UNION ALL SELECT line, alternate_key, substr(alternate_key, -7) FROM staged
  WHERE alternate_key IS NOT NULL AND alternate_key IS DISTINCT FROM mobile_key
    AND alternate_key IS DISTINCT FROM home_key

-- name: shelved
-- Rows, from a line on, that somebody who is there comes into question for.
SELECT s.line, s.shelved FROM staged s
WHERE s.line > :after AND EXISTS (SELECT 1 FROM candidates k WHERE k.line = s.line)
ORDER BY s.line LIMIT :most

-- name: index_ids
-- Laid after the rows, for matching by external ids.
CREATE INDEX IF NOT EXISTS staged_ids_by_line ON staged_ids (line)

-- name: index_phones
-- Laid after the rows, for matching by phone.
CREATE INDEX IF NOT EXISTS staged_phones_by_key ON staged_phones (phone_key, line)

-- name: index_emails
-- Laid after the rows, for matching by e-mail.
CREATE INDEX IF NOT EXISTS staged_by_email ON staged (email_key) WHERE email_key IS NOT NULL

-- name: index_candidates
-- Laid before matching: each step asks what the ones before found for a line.
CREATE INDEX IF NOT EXISTS candidates_by_line ON candidates (line)

-- name: twins_by_number
-- Rows that name a number or an external id that an earlier row names too.
INSERT INTO verdicts (line, verdict, what, whom)
SELECT t.line, 'conflict', 'stands twice in the file', 'the number of line ' || min(t.first) FROM (
  SELECT s.line, f.first FROM staged s JOIN (
    SELECT number, min(line) AS first FROM staged WHERE number IS NOT NULL GROUP BY number HAVING count(*) > 1
  ) f ON f.number = s.number AND f.first < s.line
  UNION ALL
  SELECT s.line, f.first FROM staged_ids s JOIN (
    SELECT system, external_id, min(line) AS first FROM staged_ids GROUP BY system, external_id HAVING count(*) > 1
  ) f ON f.system = s.system AND f.external_id = s.external_id AND f.first < s.line
) t GROUP BY t.line

-- name: undeclared
-- How many rows name no number of their own, so that two of them may be one customer.
SELECT count(*) AS n FROM staged WHERE declared = 0

-- name: twins_by_contact
-- Rows without a number of their own that share e-mail, phone, or name and ZIP with an earlier row.
INSERT INTO verdicts (line, verdict, what, whom)
SELECT t.line, 'maybe', 'has the ' || min(t.what) || ' of an earlier row', 'line ' || min(t.first) FROM (
  SELECT s.line, f.first, 'e-mail' AS what FROM staged s JOIN (
    SELECT email_key, min(line) AS first, min(declared) AS declared FROM staged WHERE email_key IS NOT NULL
    GROUP BY email_key HAVING count(*) > 1
  ) f ON f.email_key = s.email_key AND f.first < s.line WHERE s.declared = 0
  UNION ALL
  SELECT p.line, f.first, 'phone' FROM staged_phones p JOIN (
    SELECT phone_key, min(line) AS first FROM staged_phones GROUP BY phone_key HAVING count(DISTINCT line) > 1
  ) f ON f.phone_key = p.phone_key AND f.first < p.line JOIN staged s ON s.line = p.line WHERE s.declared = 0
  UNION ALL
  SELECT s.line, f.first, 'name and ZIP' FROM staged s JOIN (
    SELECT sort_name, zip_key, min(line) AS first FROM staged WHERE zip_key IS NOT NULL
    GROUP BY sort_name, zip_key HAVING count(*) > 1
  ) f ON f.sort_name = s.sort_name AND f.zip_key = s.zip_key AND f.first < s.line WHERE s.declared = 0
) t WHERE NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.line = t.line) GROUP BY t.line

-- name: hits_by_id
-- Candidates by an external id.
INSERT INTO candidates (line, customer_id, how)
SELECT DISTINCT i.line, x.customer_id, 1 FROM staged_ids i
JOIN external_ids x ON x.system = i.system AND x.external_id = i.external_id WHERE x.customer_id IS NOT NULL

-- name: hits_by_number
-- A number fits when the name, the e-mail or a phone agrees, or the row has nothing else that says who it is.
INSERT INTO candidates (line, customer_id, how)
SELECT s.line, c.id, CASE WHEN c.status <> 'purged' AND (
    c.sort_name = s.sort_name OR c.email_key = s.email_key
    OR coalesce(s.email_key, s.mobile_key, s.home_key, s.alternate_key) IS NULL AND s.sort_name = 'no name'
    OR s.mobile_key IN (c.mobile_key, c.home_key, c.alternate_key)
    OR s.home_key IN (c.mobile_key, c.home_key, c.alternate_key)
    OR s.alternate_key IN (c.mobile_key, c.home_key, c.alternate_key)) THEN 2 ELSE 0 END
FROM staged s JOIN customers c ON c.id = s.number

-- name: hits_by_own_number
-- Every number is that of this hub's customer, whatever name stands beside it.
INSERT INTO candidates (line, customer_id, how)
SELECT s.line, c.id, CASE WHEN c.status <> 'purged' THEN 2 ELSE 0 END FROM staged s JOIN customers c ON c.id = s.number

-- name: nameless
-- Rows with a number that nobody has, and nothing that says who it is.
INSERT INTO verdicts (line, verdict, what)
SELECT s.line, 'reject', 'has neither a name nor an e-mail address nor a phone number' FROM staged s
WHERE s.sort_name = 'no name' AND coalesce(s.email_key, s.mobile_key, s.home_key) IS NULL
  AND NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.line = s.line)

-- name: sure_hits
-- Rows about one customer beyond doubt.
INSERT INTO verdicts (line, verdict, customer_id)
SELECT k.line, 'hit', min(k.customer_id) FROM candidates k
WHERE NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.line = k.line)
GROUP BY k.line HAVING min(k.how) >= 1 AND min(k.customer_id) = max(k.customer_id)

-- name: owners_by_email
-- Who has an e-mail address of a row that has no candidate yet.
INSERT INTO owners (contact, customer_id)
SELECT e.email_key, c.id FROM (
  SELECT DISTINCT s.email_key FROM staged s
  WHERE s.email_key IS NOT NULL AND NOT EXISTS (SELECT 1 FROM candidates k WHERE k.line = s.line)
) e CROSS JOIN customers c ON c.email_key = e.email_key WHERE c.status <> 'purged'

-- name: owners_by_phone
-- Who has a phone of a row that has no candidate yet, whichever of the three it is.
INSERT INTO owners (contact, customer_id)
SELECT p.phone_key, c.id FROM staged_phones p CROSS JOIN customers c ON c.mobile_tail = p.tail
WHERE c.mobile_key = p.phone_key AND c.status <> 'purged'
  AND NOT EXISTS (SELECT 1 FROM candidates k WHERE k.line = p.line)
UNION SELECT p.phone_key, c.id FROM staged_phones p CROSS JOIN customers c ON c.home_tail = p.tail
WHERE c.home_key = p.phone_key AND c.status <> 'purged'
  AND NOT EXISTS (SELECT 1 FROM candidates k WHERE k.line = p.line)
UNION SELECT p.phone_key, c.id FROM staged_phones p CROSS JOIN customers c ON c.alternate_tail = p.tail
WHERE c.alternate_key = p.phone_key AND c.status <> 'purged'
  AND NOT EXISTS (SELECT 1 FROM candidates k WHERE k.line = p.line)

-- name: forget_crowds
-- An address or a phone that many customers share tells nobody apart.
DELETE FROM owners WHERE contact IN (SELECT contact FROM owners GROUP BY contact HAVING count(*) > 8)

-- name: index_owners
-- Laid before matching, for who has an address or a phone.
CREATE INDEX IF NOT EXISTS owners_by_contact ON owners (contact, customer_id)

-- name: hits_by_email
-- Two numbers of one system are two customers, whatever else they share.
INSERT INTO candidates (line, customer_id, how)
SELECT s.line, o.customer_id, 3 FROM staged s JOIN owners o ON o.contact = s.email_key
WHERE NOT EXISTS (SELECT 1 FROM candidates k WHERE k.line = s.line)
  AND NOT EXISTS (SELECT 1 FROM staged_ids i JOIN external_ids x ON x.system = i.system
                  WHERE i.line = s.line AND x.customer_id = o.customer_id)

-- name: hits_by_phone
-- Candidates by a phone, where none are better known and no external id of the same system contradicts.
INSERT INTO candidates (line, customer_id, how)
SELECT DISTINCT p.line, o.customer_id, 4 FROM staged_phones p JOIN owners o ON o.contact = p.phone_key
WHERE NOT EXISTS (SELECT 1 FROM candidates k WHERE k.line = p.line)
  AND NOT EXISTS (SELECT 1 FROM staged_ids i JOIN external_ids x ON x.system = i.system
                  WHERE i.line = p.line AND x.customer_id = o.customer_id)

-- name: hits_by_name
-- Name and ZIP for those that nothing else was found for.
INSERT INTO candidates (line, customer_id, how)
SELECT s.line, c.id, 5 FROM staged s
CROSS JOIN customers c ON c.status IN ('active', 'archived') AND c.sort_name = s.sort_name
CROSS JOIN addresses b ON b.customer_id = c.id AND b.kind = 'billing'
WHERE s.zip_key IS NOT NULL AND b.zip_key = s.zip_key AND NOT EXISTS (SELECT 1 FROM candidates k WHERE k.line = s.line)
  AND NOT EXISTS (SELECT 1 FROM staged_ids i JOIN external_ids x ON x.system = i.system
                  WHERE i.line = s.line AND x.customer_id = c.id)

-- name: doubtful
-- Every candidate of the rows that are not settled yet.
SELECT k.line, k.how, c.id, c.name, c.sort_name = s.sort_name AS named, s.first_name AS first, s.last_name AS last,
       s.company_name AS company, c.first_name, c.last_name, c.company_name,
       c.email_key IS NOT DISTINCT FROM s.email_key AND c.mobile_key IS NOT DISTINCT FROM s.mobile_key
         AND c.home_key IS NOT DISTINCT FROM s.home_key
         AND b.street_key IS NOT DISTINCT FROM s.billing_street_key AS identical
FROM candidates k JOIN known s ON s.line = k.line JOIN customers c ON c.id = k.customer_id
LEFT JOIN addresses b ON b.customer_id = c.id AND b.kind = 'billing'
WHERE NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.line = k.line)
ORDER BY k.line, k.how, c.id

-- name: judge
-- Keeps what becomes of a row.
INSERT INTO verdicts (line, verdict, customer_id, what, whom) VALUES (?, ?, ?, ?, ?)

-- name: hit_twice
-- Of several rows about one customer only the first is taken.
UPDATE verdicts SET verdict = 'conflict', what = 'stands twice in the file', whom = 'the same customer as line ' || (
  SELECT min(w.line) FROM verdicts w WHERE w.verdict = 'hit' AND w.customer_id = verdicts.customer_id)
WHERE verdict = 'hit' AND customer_id IN (
  SELECT customer_id FROM verdicts WHERE verdict = 'hit' GROUP BY customer_id HAVING count(*) > 1)
  AND line > (SELECT min(w.line) FROM verdicts w WHERE w.verdict = 'hit' AND w.customer_id = verdicts.customer_id)

-- name: refused
-- The rows that are not taken, with the customer they clash with.
SELECT v.line, v.verdict, v.what, v.whom FROM verdicts v WHERE v.verdict <> 'hit' ORDER BY v.line

-- name: put_away
-- Rows about customers that were deleted or marked as spam: they stay as they are.
SELECT v.line, c.id, c.name, c.status FROM verdicts v JOIN customers c ON c.id = v.customer_id
WHERE v.verdict = 'hit' AND c.status IN ('deleted', 'spam', 'purged') ORDER BY v.line

-- name: differing
-- Rows about a customer that is there, where the file gives anything that hub has not, or has otherwise.
SELECT s.line AS line, c.id AS id, c.name,
       s.kind, c.kind AS old_kind, s.company_name, c.company_name AS old_company_name,
       s.first_name, c.first_name AS old_first_name, s.last_name, c.last_name AS old_last_name,
       s.building_code, c.building_code AS old_building_code, s.mobile_phone, s.mobile_key,
       c.mobile_phone AS old_mobile_phone, c.mobile_key AS old_mobile_key, s.home_phone, s.home_key,
       c.home_phone AS old_home_phone, c.home_key AS old_home_key, s.alternate_phone, s.alternate_key,
       c.alternate_phone AS old_alternate_phone, c.alternate_key AS old_alternate_key, s.email, s.email_key,
       c.email AS old_email, c.email_key AS old_email_key, s.type, c.type AS old_type, s.source,
       c.source AS old_source, s.found_us, c.found_us AS old_found_us, m.staff_id AS manager_id,
       c.manager_id AS old_manager_id, s.consent, c.consent AS old_consent, s.tax_exempt,
       c.tax_exempt AS old_tax_exempt, s.on_hold, c.on_hold AS old_on_hold, s.touched_on,
       c.touched_on AS old_touched_on, s.status, c.status AS old_status,
       s.billing_line1, s.billing_line2, s.billing_city, s.billing_state, s.billing_zip, s.billing_country,
       s.billing_street_key, b.id AS billing_id, b.line1 AS old_billing_line1, b.line2 AS old_billing_line2,
       b.city AS old_billing_city, b.state AS old_billing_state, b.zip AS old_billing_zip,
       b.country AS old_billing_country, b.street_key AS old_billing_street_key,
       s.delivery_label, s.delivery_line1, s.delivery_line2, s.delivery_city, s.delivery_state, s.delivery_zip,
       s.delivery_country, s.delivery_street_key, d.id AS delivery_id, d.line1 AS old_delivery_line1,
       d.line2 AS old_delivery_line2, d.city AS old_delivery_city, d.state AS old_delivery_state,
       d.zip AS old_delivery_zip, d.country AS old_delivery_country, d.street_key AS old_delivery_street_key
FROM verdicts v JOIN known s ON s.line = v.line JOIN customers c ON c.id = v.customer_id
LEFT JOIN managers m ON m.manager = s.manager
LEFT JOIN addresses b ON b.customer_id = c.id AND b.kind = 'billing'
LEFT JOIN addresses d ON d.customer_id = c.id AND d.is_default = 1
WHERE v.verdict = 'hit' AND c.status IN ('active', 'archived') AND (
  s.kind <> c.kind OR coalesce(s.company_name, c.company_name, '') <> coalesce(c.company_name, '')
  OR coalesce(s.first_name, c.first_name, '') <> coalesce(c.first_name, '')
  OR coalesce(s.last_name, c.last_name, '') <> coalesce(c.last_name, '')
  OR coalesce(s.building_code, c.building_code, '') <> coalesce(c.building_code, '')
  OR coalesce(s.mobile_phone, c.mobile_phone, '') <> coalesce(c.mobile_phone, '')
  OR coalesce(s.home_phone, c.home_phone, '') <> coalesce(c.home_phone, '')
  OR coalesce(s.alternate_phone, c.alternate_phone, '') <> coalesce(c.alternate_phone, '')
  OR coalesce(s.email, c.email, '') <> coalesce(c.email, '')
  OR coalesce(s.type, c.type, '') <> coalesce(c.type, '')
  OR coalesce(s.source, c.source, '') <> coalesce(c.source, '')
  OR coalesce(s.found_us, c.found_us, '') <> coalesce(c.found_us, '')
  OR coalesce(m.staff_id, c.manager_id, 0) <> coalesce(c.manager_id, 0)
  OR coalesce(s.consent, c.consent, 2) <> coalesce(c.consent, 2)
  OR coalesce(s.tax_exempt, c.tax_exempt) <> c.tax_exempt OR coalesce(s.on_hold, c.on_hold) <> c.on_hold
  OR coalesce(s.status, c.status) <> c.status
  OR coalesce(s.billing_line1, b.line1, '') <> coalesce(b.line1, '')
  OR coalesce(s.billing_line2, b.line2, '') <> coalesce(b.line2, '')
  OR coalesce(s.billing_city, b.city, '') <> coalesce(b.city, '')
  OR coalesce(s.billing_state, b.state, '') <> coalesce(b.state, '')
  OR coalesce(s.billing_zip, b.zip, '') <> coalesce(b.zip, '')
  OR coalesce(s.billing_country, b.country, '') <> coalesce(b.country, '')
  OR coalesce(s.delivery_line1, d.line1, '') <> coalesce(d.line1, '')
  OR coalesce(s.delivery_line2, d.line2, '') <> coalesce(d.line2, '')
  OR coalesce(s.delivery_city, d.city, '') <> coalesce(d.city, '')
  OR coalesce(s.delivery_state, d.state, '') <> coalesce(d.state, '')
  OR coalesce(s.delivery_zip, d.zip, '') <> coalesce(d.zip, '')
  OR coalesce(s.delivery_country, d.country, '') <> coalesce(d.country, ''))
ORDER BY s.line

-- name: new_ids
-- Other systems' numbers that rows bring for customers who are there and nobody has.
SELECT v.line, v.customer_id, i.system, i.external_id FROM verdicts v JOIN staged_ids i ON i.line = v.line
JOIN customers c ON c.id = v.customer_id
WHERE v.verdict = 'hit' AND c.status IN ('active', 'archived')
  AND NOT EXISTS (SELECT 1 FROM external_ids x WHERE x.system = i.system AND x.external_id = i.external_id
                    AND x.customer_id IS NOT NULL)
ORDER BY v.line

-- name: new_emails
-- Billing e-mails that rows bring for customers who are there and do not have them.
SELECT v.line, v.customer_id, e.email, e.email_key FROM verdicts v JOIN staged_emails e ON e.line = v.line
JOIN customers c ON c.id = v.customer_id
WHERE v.verdict = 'hit' AND c.status IN ('active', 'archived')
  AND NOT EXISTS (SELECT 1 FROM billing_emails x WHERE x.customer_id = v.customer_id AND x.email_key = e.email_key)
ORDER BY v.line

-- name: new_notes
-- Notes that rows bring for customers who are there and have none of the same text.
SELECT v.line, v.customer_id, s.note, c.touched_on AS active_on FROM verdicts v JOIN known s ON s.line = v.line
JOIN customers c ON c.id = v.customer_id
WHERE v.verdict = 'hit' AND s.note IS NOT NULL AND c.status IN ('active', 'archived')
  AND NOT EXISTS (SELECT 1 FROM notes n WHERE n.customer_id = v.customer_id AND n.text = s.note)
ORDER BY v.line

-- name: own_hits
-- Values of own fields that customers who are there have not, or otherwise.
SELECT v.line, v.customer_id, o.field_id, f.name, o.value, x.id AS value_id, x.value AS old
FROM staged_own o JOIN verdicts v ON v.line = o.line JOIN customers c ON c.id = v.customer_id
JOIN custom_fields f ON f.id = o.field_id
LEFT JOIN field_values x ON x.customer_id = v.customer_id AND x.field_id = o.field_id
WHERE v.verdict = 'hit' AND c.status IN ('active', 'archived') AND (x.value IS NULL OR x.value <> o.value)
ORDER BY v.line, o.field_id

-- name: own_born
-- What new customers hold in own fields.
INSERT INTO field_values (customer_id, field_id, value)
SELECT b.customer_id, o.field_id, o.value FROM born b JOIN staged_own o ON o.line = b.line
ORDER BY b.customer_id, o.field_id

-- name: consent_hits
-- Customers who are there and have not consented.
SELECT v.line, c.id, c.consent FROM verdicts v JOIN customers c ON c.id = v.customer_id
WHERE v.verdict = 'hit' AND c.status IN ('active', 'archived') AND (c.consent IS NULL OR c.consent = 0)
ORDER BY v.line

-- name: consent_born
-- Notes when and how new customers consented: all of them, or with said those whose row tells.
UPDATE customers SET consent = coalesce(consent, 1), consent_on = :today, consent_how = :how
WHERE id IN (SELECT customer_id FROM born)
  AND consent IS NOT NULL  -- [said]

-- name: lacking
-- New rows that hold nothing in a required field of the shop's own.
SELECT s.line, f.name
FROM custom_fields f CROSS JOIN staged s
WHERE f.required = 1 AND f.retired = 0
  AND NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.line = s.line)
  AND NOT EXISTS (SELECT 1 FROM staged_own o WHERE o.line = s.line AND o.field_id = f.id)
ORDER BY s.line, f.id

-- name: register_born
-- New people from the website become contacts of a company.
INSERT INTO contacts (customer_id, linked_id, gets_orders)
SELECT :company, c.id, 1 FROM born b JOIN customers c ON c.id = b.customer_id
WHERE c.kind = 'individual' AND c.source = 'website' AND c.status = 'active' ORDER BY c.id

-- name: line_born
-- New people from the website get a credit line.
INSERT INTO credit_lines (customer_id, limit_cents, terms_id)
SELECT c.id, :cents, :terms FROM born b JOIN customers c ON c.id = b.customer_id
WHERE c.kind = 'individual' AND c.source = 'website' AND c.status = 'active' ORDER BY c.id

-- name: hits
-- How many rows are about customers who are there.
SELECT count(*) AS n FROM verdicts WHERE verdict = 'hit'

-- name: new_count
-- How many rows are new customers, and how many of these nobody could reach.
SELECT count(*) AS n, sum(s.bare) AS bare
FROM staged s WHERE NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.line = s.line)

-- name: bare
-- New rows that nobody could be reached by.
SELECT s.line FROM staged s WHERE s.bare = 1 AND NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.line = s.line)
ORDER BY s.line

-- name: bear
-- Numbers for the new rows: their own where they have one, else on from :after in the order of the file.
INSERT INTO born (line, customer_id)
SELECT s.line, s.number FROM staged s
WHERE s.number IS NOT NULL AND NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.line = s.line)
UNION ALL
SELECT s.line, :after + row_number() OVER (ORDER BY s.line) FROM staged s
WHERE s.number IS NULL AND NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.line = s.line)

-- name: managers
-- The account managers that the file names.
SELECT manager, min(line) AS line, count(*) AS n FROM staged WHERE manager IS NOT NULL GROUP BY manager ORDER BY line

-- name: manager
-- Keeps whom the file means by a name; none where nobody is meant.
INSERT INTO managers (manager, staff_id) VALUES (:manager, :staff_id)

-- name: newborn
-- The new customers with all they bring, by number; a number that was given before may have its key still.
SELECT n.customer_id, m.staff_id, k.key, s.addresses, s.billing_emails, s.external_ids, s.notes, s.shelved
FROM staged s CROSS JOIN born n ON n.line = s.line LEFT JOIN managers m ON m.manager = s.manager
LEFT JOIN subject_keys k ON k.customer_id = n.customer_id ORDER BY n.customer_id

-- name: log_by_itself
-- Whether what follows is logged by the import itself and not by triggers.
UPDATE changes SET unlogged = :unlogged WHERE id = (SELECT id FROM open_change)

-- name: add_figures
-- The kept figures of the new customers, who have bought nothing yet.
INSERT INTO customer_figures (customer_id, stage, orders, lifetime_value_cents, owed_cents, credit_cents,
  last_activity_on)
SELECT id, 'lead', 0, 0, 0, 0, touched_on FROM customers WHERE id IN (SELECT customer_id FROM born) ORDER BY id

-- name: add_changed
-- Notes, once, that a customer changes.
INSERT INTO changed (customer_id) SELECT :id WHERE NOT EXISTS (SELECT 1 FROM changed WHERE customer_id = :id)

-- name: wait_for_index
-- Changed customers are folded again before the commit.
UPDATE customers SET sort_name = NULL WHERE id IN (SELECT customer_id FROM changed)

-- name: fresh_figures
-- Works the kept figures of the customers that changed out anew, in their rows.
UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on,
    owed_cents, credit_cents) =
  (SELECT l.stage, l.orders, l.lifetime_value_cents, l.first_order_on, l.last_order_on, l.last_activity_on,
          l.owed_cents, l.credit_cents FROM customer_figures_live l WHERE l.customer_id = customer_figures.customer_id)
WHERE customer_id IN (SELECT customer_id FROM changed)

-- name: cells
-- A row as it stands in the file: JSON.
SELECT cells FROM staged_cells WHERE line = :line

-- name: order_by_id
-- The document that another system knows under a number, money in cents.
SELECT d.id, d.customer_id, d.ordered_on, d.total_cents, d.status, d.paid_cents FROM external_ids x
JOIN documents d ON d.id = x.document_id WHERE x.system = :system AND x.external_id = :external_id

-- name: order_by_number
-- A document by its own number, money in cents.
SELECT id, customer_id, ordered_on, total_cents, status, paid_cents FROM documents WHERE id = :number

-- name: order_lines
-- The lines of a document as an import compares them, prices in cents.
SELECT line, model, quantity, unit_price_cents, discount_rate, discount_cents FROM document_lines
WHERE document_id = :id ORDER BY line

-- name: customer
-- Who a customer is, and whether archived.
SELECT id, name, status, archived_at FROM customers WHERE id = :id

-- name: add_term
-- Keeps a model and a description for searching, once.
INSERT INTO line_terms (model, description, folded) SELECT :model, :description, :folded
WHERE NOT EXISTS (SELECT 1 FROM line_terms WHERE model = :model AND description = :description)

-- name: term
-- The number under which a model and a description are kept for searching.
SELECT id FROM line_terms WHERE model = :model AND description = :description

-- name: restore
-- An order came for an archived customer; importing it is no activity of its own.
UPDATE customers SET status = 'active', archived_at = NULL, archived_by = NULL WHERE id = :id AND status = 'archived'

-- name: no_changed
-- Forgets who changed, before a load begins.
DELETE FROM changed

-- name: forget_figures
-- Removes the kept figures of the customers that changed; new_figures follows.
DELETE FROM customer_figures WHERE customer_id IN (SELECT customer_id FROM changed)

-- name: new_figures
-- Works the kept figures of the customers that changed out anew, as new rows; money in cents.
INSERT INTO customer_figures (customer_id, stage, orders, lifetime_value_cents, first_order_on, last_order_on,
  last_activity_on, owed_cents, credit_cents)
SELECT l.customer_id, l.stage, l.orders, l.lifetime_value_cents, l.first_order_on, l.last_order_on,
       l.last_activity_on, l.owed_cents, l.credit_cents
FROM changed n CROSS JOIN customer_figures_live l ON l.customer_id = n.customer_id
