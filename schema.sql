-- hub: the whole shop in one file. This is the truth: tables, named rules, derived views, guards.
--
-- How to read it
--   money      integer cents, column names end in _cents; tax rates are thousandths of a percent
--   days       ISO text such as 2025-05-01 in the shop's time zone, names end in _on
--   instants   ISO text in UTC such as 2025-05-01T14:02:11.123Z, names end in _at
--   personal:  erased with the person; logged apart, so that the rest stays provable
--   kept:      worked out by hub from other rows, never logged, rebuilt at any time
--   @log       every insert, update and delete of this table is written to the change log by triggers that hub lays
--              from this file; "subject" says which customer a row is about ($ stands for the row)
--   @figures   these changes of a table have the kept figures of its customer worked out anew, by triggers likewise
--   @sums      likewise those of its document
--   @search    these changes of a table make its customer wait for the search index
--   @ledger    these columns of a row of money never change, and only undo takes such a row away
--   @closed    on these days nothing is entered, moved or taken away once the books are closed through them
--   a = 'x' OR a = 'y' … in the rules of busy tables: for IN with three words or more SQLite builds a table at each row
-- A rule with a name is refused under that name wherever it is broken: in hub, in a script, in the sqlite3 shell.

-- ====================================================================== the file itself

-- What this file is: its identity, when and by which hub it was made.
CREATE TABLE meta (
  key   TEXT NOT NULL PRIMARY KEY,  -- uuid, created_at, created_by; backup: the newest that was verified, restored: from where and
                                    -- when (JSON); payments_exported: up to which change set (export payments --since-last)
  value TEXT NOT NULL               -- as text
) STRICT, WITHOUT ROWID;

-- The shop's choices; a setting that has no row has its default (hub settings list explains each).
-- @log
CREATE TABLE settings (
  id    INTEGER PRIMARY KEY AUTOINCREMENT,
  key   TEXT NOT NULL,              -- such as customers.require
  value TEXT NOT NULL               -- as text, in the form that `hub settings set` takes
) STRICT;
CREATE UNIQUE INDEX one_value_per_setting ON settings (key);

-- ====================================================================== who changed what (see docs/explanation/log.md)

-- One row for each change set: one command, one transaction, one H number, one undo.
CREATE TABLE changes (
  id            INTEGER PRIMARY KEY,        -- the H number
  business_on   TEXT NOT NULL,              -- the day the change counts for
  dated         INTEGER NOT NULL DEFAULT 0, -- 1: that day was chosen (--today), not read from the clock
  recorded_at   TEXT NOT NULL,              -- the real clock, UTC
  actor         TEXT NOT NULL,              -- staff login, or system user
  os_user       TEXT,                       -- the system user, whatever --as said
  terminal      TEXT,                       -- the terminal it was typed on, if any
  command       TEXT NOT NULL,              -- such as "customers edit"; never the arguments
  undoes        INTEGER REFERENCES changes(id),  -- the change set that this one takes back
  outside       INTEGER NOT NULL DEFAULT 0, -- 1: written by other SQL than hub's
  opening       INTEGER NOT NULL DEFAULT 0, -- 1: an opening state, whose rows the log does not itemise
  first_seq     INTEGER,                    -- its entries in the change log …
  last_seq      INTEGER,                    -- … from here to here
  reason_digest TEXT,                       -- digest of the reason, which stands apart since it may name people
  seal          TEXT,                       -- chains this header and its entries to the change set before
  purpose       TEXT,                       -- while hub writes it: change, undo, erase or load; sealed: none
  bulk          INTEGER,                    -- likewise, 1: kept figures are worked out once at the end, for all rows
  unlogged      INTEGER                     -- likewise, 1: an opening state that the log does not itemise
) STRICT;
CREATE INDEX changes_undoes ON changes (undoes) WHERE undoes IS NOT NULL;

-- The change set that is not sealed yet, which can only be the last: hub's own while it writes, never committed so, or
-- that of other SQL until hub runs next.
CREATE VIEW open_change AS SELECT * FROM changes WHERE id = (SELECT max(id) FROM changes) AND seal IS NULL;
-- How hub is writing right now: one row while a change is under way, none in every committed state. Dated rules read
-- its day as "today".
CREATE VIEW session AS SELECT business_on, purpose, bulk, unlogged FROM open_change WHERE purpose IS NOT NULL;

-- Why a change was made, apart from its header because a reason may name people.
CREATE TABLE change_reasons (
  change_id INTEGER PRIMARY KEY REFERENCES changes(id),
  reason    TEXT,                           -- personal: as typed with --reason
  salt      TEXT                            -- makes its digest unguessable
) STRICT;

-- Every field that ever changed. An update is one row for each column; an insert or a delete is an image of the row,
-- its personal columns in a second image of their own.
CREATE TABLE changelog (
  seq       INTEGER PRIMARY KEY,
  change_id INTEGER NOT NULL REFERENCES changes(id),
  operation TEXT NOT NULL CONSTRAINT log_operation CHECK (
              operation = 'insert' OR operation = 'update' OR operation = 'delete'),
  tbl       TEXT NOT NULL,                  -- the table
  row_id    INTEGER NOT NULL,               -- its row
  subject   INTEGER,                        -- the customer it is about
  field     TEXT,                           -- the column; none for an image
  old       TEXT,                           -- as an SQL literal; an image is name=literal, …
  new       TEXT,                           -- likewise
  personal  INTEGER NOT NULL DEFAULT 0,
  digest    TEXT                            -- stands in for old and new once they were erased
) STRICT;
CREATE INDEX changelog_subject ON changelog (subject, seq);

-- One random key for each customer: personal entries are digested with it, so that nobody can test guesses once it is
-- gone.
CREATE TABLE subject_keys (
  customer_id INTEGER PRIMARY KEY,
  key         BLOB NOT NULL
) STRICT;

CREATE TRIGGER changes_stay BEFORE UPDATE ON changes WHEN OLD.seal IS NOT NULL
BEGIN SELECT raise(ABORT, 'log_append_only'); END;
CREATE TRIGGER changes_remain BEFORE DELETE ON changes WHEN OLD.seal IS NOT NULL
BEGIN SELECT raise(ABORT, 'log_append_only'); END;
CREATE TRIGGER changes_once BEFORE INSERT ON changes WHEN EXISTS (SELECT 1 FROM changes WHERE id = NEW.id)
BEGIN SELECT raise(ABORT, 'log_append_only'); END;
CREATE TRIGGER one_session BEFORE INSERT ON changes WHEN EXISTS (SELECT 1 FROM open_change)
BEGIN SELECT raise(ABORT, 'one_session'); END;
CREATE TRIGGER changelog_stays BEFORE UPDATE ON changelog
WHEN coalesce((SELECT purpose FROM session), '') <> 'erase' OR NEW.digest IS NULL OR NEW.old IS NOT NULL
  OR NEW.new IS NOT NULL OR NEW.seq <> OLD.seq OR NEW.change_id <> OLD.change_id
BEGIN SELECT raise(ABORT, 'log_append_only'); END;
CREATE TRIGGER changelog_remains BEFORE DELETE ON changelog
BEGIN SELECT raise(ABORT, 'log_append_only'); END;
CREATE TRIGGER changelog_once BEFORE INSERT ON changelog -- a number that SQLite chooses is -1 here, and free
WHEN NEW.seq > 0 AND EXISTS (SELECT 1 FROM changelog WHERE seq = NEW.seq)
BEGIN SELECT raise(ABORT, 'log_append_only'); END;

-- What all triggers that hub lays have in common stands once in the triggers of the views that follow, because SQLite
-- reads the text of every trigger whenever a command begins.

-- Other SQL than hub's opens here the change set that hub seals when it runs next. Only where it writes does SQL ask the clock.
CREATE VIEW outside_change AS SELECT 0 AS opened;
CREATE TRIGGER change_from_outside INSTEAD OF INSERT ON outside_change
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM open_change);
END;

-- A row that came or goes, as two images: the log takes it from here.
CREATE VIEW logged_row AS SELECT 0 AS operation, 0 AS tbl, 0 AS row_id, 0 AS subject, 0 AS open, 0 AS personal;
CREATE TRIGGER log_row INSTEAD OF INSERT ON logged_row
BEGIN
  INSERT INTO outside_change SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM session);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, new, personal)
    SELECT id, NEW.operation, NEW.tbl, NEW.row_id, NEW.subject, iif(NEW.operation = 'delete', image, NULL),
           iif(NEW.operation = 'insert', image, NULL), personal
    FROM open_change, (SELECT NEW.open AS image, 0 AS personal UNION ALL SELECT NEW.personal, 1)
    WHERE image IS NOT NULL;
END;

-- A column that an update changed.
CREATE VIEW logged_field AS SELECT 0 AS tbl, 0 AS row_id, 0 AS subject, 0 AS field, 0 AS old, 0 AS new, 0 AS personal;
CREATE TRIGGER log_field INSTEAD OF INSERT ON logged_field
BEGIN
  INSERT INTO outside_change SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM session);
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', NEW.tbl, NEW.row_id, NEW.subject, NEW.field, quote(NEW.old), quote(NEW.new), NEW.personal
    FROM open_change;
END;

-- What stands against a row that other SQL writes: one with its key, none that it refers to, one that refers to it.
CREATE VIEW guarded AS SELECT 0 AS taken, 0 AS orphan, 0 AS needed;
CREATE TRIGGER guard INSTEAD OF INSERT ON guarded
BEGIN
  SELECT raise(ABORT, 'already_there') WHERE NEW.taken;
  SELECT raise(ABORT, 'no_such_row') WHERE NEW.orphan;
  SELECT raise(ABORT, 'still_referred') WHERE NEW.needed;
END;

-- ====================================================================== people

-- Who works here: account managers, salespeople, authors.
-- @log
CREATE TABLE staff (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  login  TEXT NOT NULL COLLATE NOCASE CONSTRAINT staff_login CHECK (length(login) BETWEEN 1 AND 60),
  name   TEXT NOT NULL,
  active INTEGER NOT NULL DEFAULT 1 CONSTRAINT staff_active CHECK (active IN (0, 1)),
  os_user TEXT,              -- the system user who may only act as this one; none: not bound
  is_job INTEGER NOT NULL DEFAULT 0 CONSTRAINT staff_job CHECK (is_job IN (0, 1)) -- a cron job, not a person
) STRICT;
CREATE UNIQUE INDEX one_staff_per_login ON staff (login);

-- What each of them may do (operations/permissions.py says which role gives which right). With no staff at all,
-- whoever runs hub is Administrator. A guard against mistakes: who can write the file can write anything into it.
-- @log
CREATE TABLE staff_roles (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  staff_id INTEGER NOT NULL REFERENCES staff(id),
  role     TEXT NOT NULL CONSTRAINT staff_role CHECK (role IN (
             'administrator', 'sales-manager', 'sales-team', 'office', 'delivery', 'production', 'artwork-manager',
             'artwork-team', 'approve-payments', 'settings-manager', 'reports-manager'))
) STRICT;
CREATE UNIQUE INDEX one_row_per_role ON staff_roles (staff_id, role);

-- Everyone who buys, or may buy: a person or a company, in one number space (C1042 is row 1042).
-- @log subject=$.id
CREATE TABLE customers (
  id              INTEGER PRIMARY KEY AUTOINCREMENT, -- the C number; never reused
  kind            TEXT NOT NULL DEFAULT 'individual'
                  CONSTRAINT customer_kind CHECK (kind IN ('individual', 'company')),
  status          TEXT NOT NULL DEFAULT 'active'     -- archived is refused while a quote or an order is active
                  CONSTRAINT customer_status CHECK (
                    status = 'active' OR status = 'archived' OR status = 'deleted' OR status = 'spam' OR status = 'purged'),
  company_name    TEXT,      -- personal: required of a company; on a person only text
  first_name      TEXT,      -- personal: of the person, or of a company's main contact
  last_name       TEXT,      -- personal:
  building_code   TEXT,      -- personal: of a company
  mobile_phone    TEXT,      -- personal: as typed
  mobile_key      TEXT,      -- personal: +12065550123, or the digits where the country is not known
  home_phone      TEXT,      -- personal: as typed
  home_key        TEXT,      -- personal: likewise
  alternate_phone TEXT,      -- personal: as typed
  alternate_key   TEXT,      -- personal: likewise
  email           TEXT,      -- personal: as typed; not unique, a second use warns
  email_key       TEXT,      -- personal: case folded, for comparing
  type            TEXT       -- how much they like to spend
                  CONSTRAINT customer_type CHECK (type = 'luxury' OR type = 'average' OR type = 'budget-friendly'),
  source          TEXT       -- where the first contact was made
                  CONSTRAINT customer_source CHECK (source IN ('website', 'in-store')),
  found_us        TEXT,      -- how they heard of the shop
  manager_id      INTEGER REFERENCES staff(id),      -- account manager
  tax_exempt      INTEGER NOT NULL DEFAULT 0 CONSTRAINT customer_tax_exempt CHECK (tax_exempt IN (0, 1)),
  on_hold         INTEGER NOT NULL DEFAULT 0 CONSTRAINT customer_on_hold CHECK (on_hold IN (0, 1)),  -- may not buy
  consent         INTEGER    CONSTRAINT customer_consent CHECK (consent IN (0, 1)), -- to the use of personal data; none: not asked
  consent_on      TEXT,      -- the day it was given or withdrawn
  consent_how     TEXT,      -- personal: such as phone, form, import
  discount_rate   INTEGER NOT NULL DEFAULT 0 -- basis points off the goods of every document made from now on
                  CONSTRAINT customer_discount_of CHECK (discount_rate BETWEEN 0 AND 10000),
  merged_into     INTEGER REFERENCES customers(id),  -- the customer that took this one's records over
  created_at      TEXT NOT NULL,
  archived_at     TEXT,      -- with archived_by only while archived
  archived_by     TEXT,
  touched_on      TEXT,      -- kept: last day someone worked on the record itself; imports may bring it
  sort_name       TEXT,      -- kept: the name folded for sorting; none while the search index waits for this row
  name            TEXT GENERATED ALWAYS AS (         -- what the customer is called
                    coalesce(CASE WHEN kind = 'company' THEN company_name END,
                             nullif(trim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), ''),
                             company_name, email, mobile_phone, 'no name')) VIRTUAL,
  mobile_tail     TEXT GENERATED ALWAYS AS (substr(mobile_key, -7)) VIRTUAL,
  home_tail       TEXT GENERATED ALWAYS AS (substr(home_key, -7)) VIRTUAL,
  alternate_tail  TEXT GENERATED ALWAYS AS (substr(alternate_key, -7)) VIRTUAL,
  CONSTRAINT company_without_name CHECK (
    kind <> 'company' OR coalesce(company_name, '') <> '' OR status = 'purged'),
  CONSTRAINT customer_without_name CHECK (
    status = 'purged' OR coalesce(company_name, first_name, last_name, email, mobile_phone, home_phone) IS NOT NULL),
  CONSTRAINT archived_together CHECK ((status = 'archived') = (archived_at IS NOT NULL))
) STRICT;
CREATE INDEX customers_by_name ON customers (sort_name, id, status);
CREATE INDEX customers_waiting ON customers (id) WHERE sort_name IS NULL;
CREATE INDEX customers_by_mobile ON customers (mobile_tail) WHERE mobile_tail IS NOT NULL;
CREATE INDEX customers_by_home ON customers (home_tail) WHERE home_tail IS NOT NULL;
CREATE INDEX customers_by_alternate ON customers (alternate_tail) WHERE alternate_tail IS NOT NULL;
CREATE INDEX customers_by_email ON customers (email_key) WHERE email_key IS NOT NULL;
CREATE INDEX customers_by_type ON customers (type, source, sort_name, id) WHERE type IS NOT NULL;
CREATE INDEX customers_by_manager ON customers (manager_id) WHERE manager_id IS NOT NULL;
CREATE INDEX customers_by_archiving ON customers (archived_at) WHERE archived_at IS NOT NULL;
CREATE INDEX customers_merged_away ON customers (merged_into) WHERE merged_into IS NOT NULL;

-- Further addresses for invoices.
-- @log subject=$.customer_id
CREATE TABLE billing_emails (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customers(id),
  email       TEXT NOT NULL, -- personal: as typed
  email_key   TEXT NOT NULL  -- personal: case folded
) STRICT;
CREATE INDEX billing_emails_by_customer ON billing_emails (customer_id);
CREATE INDEX billing_emails_by_email ON billing_emails (email_key);

-- One billing address, any number of delivery addresses (one of them the default), and former ones.
-- @log subject=$.customer_id
CREATE TABLE addresses (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,     -- the A number
  customer_id INTEGER NOT NULL REFERENCES customers(id),
  kind        TEXT NOT NULL CONSTRAINT address_kind CHECK (kind = 'billing' OR kind = 'delivery' OR kind = 'former'),
  is_default  INTEGER NOT NULL DEFAULT 0
              CONSTRAINT address_default CHECK (is_default IN (0, 1) AND (is_default = 0 OR kind = 'delivery')),
  label       TEXT,          -- personal: such as "summer house"
  line1       TEXT,          -- personal:
  line2       TEXT,          -- personal:
  city        TEXT,          -- personal:
  state       TEXT,          -- the state, and …
  zip         TEXT,          -- personal: text, zeros and all
  country     TEXT NOT NULL DEFAULT 'US' -- … the country stay after an erasure: they prove the place of tax
              CONSTRAINT address_country CHECK (length(country) = 2 AND country = upper(country)),
  former_on   TEXT,          -- the day it stopped being theirs
  street_key  TEXT,          -- kept: folded street; none while the search index waits for this row
  city_key    TEXT,          -- kept: folded city
  zip_key     TEXT GENERATED ALWAYS AS (             -- what --zip compares: five digits in the US, else as written
                CASE WHEN country = 'US' THEN substr(zip, 1, 5) ELSE upper(replace(zip, ' ', '')) END) VIRTUAL,
  CONSTRAINT address_empty CHECK (coalesce(line1, line2, city, state, zip, former_on) IS NOT NULL OR country <> '')
) STRICT;
CREATE INDEX addresses_by_customer ON addresses (customer_id, kind);
CREATE UNIQUE INDEX one_billing_address ON addresses (customer_id) WHERE kind = 'billing';
CREATE UNIQUE INDEX one_default_delivery ON addresses (customer_id) WHERE is_default = 1;
CREATE INDEX addresses_by_zip ON addresses (zip_key, kind, customer_id);
CREATE INDEX addresses_by_city ON addresses (city_key, customer_id) WHERE city_key IS NOT NULL;
CREATE INDEX addresses_waiting ON addresses (id) WHERE street_key IS NULL;

-- People to call besides the customer: a spouse, a site foreman. Under a company it may be a customer of its own
-- (linked_id), who then buys on the company's terms, limit, discount, exemption and billing address.
-- @log subject=$.customer_id
CREATE TABLE contacts (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,    -- the K number
  customer_id  INTEGER NOT NULL REFERENCES customers(id),
  first_name   TEXT,         -- personal:
  last_name    TEXT,         -- personal:
  phone        TEXT,         -- personal: as typed
  phone_key    TEXT,         -- personal: normalised
  email        TEXT,         -- personal:
  relationship TEXT,         -- personal: such as "daughter"
  type         TEXT,         -- personal: such as emergency, site, accounts
  linked_id    INTEGER REFERENCES customers(id), -- the person, where they are a customer too
  gets_orders   INTEGER NOT NULL DEFAULT 0 CONSTRAINT contact_gets_orders CHECK (gets_orders IN (0, 1)),    -- role ordering
  gets_bills    INTEGER NOT NULL DEFAULT 0 CONSTRAINT contact_gets_bills CHECK (gets_bills IN (0, 1)),      -- role payment
  gets_artwork  INTEGER NOT NULL DEFAULT 0 CONSTRAINT contact_gets_artwork CHECK (gets_artwork IN (0, 1)),  -- role artwork
  gets_shipping INTEGER NOT NULL DEFAULT 0 CONSTRAINT contact_gets_shipping CHECK (gets_shipping IN (0, 1)), -- role shipping
  CONSTRAINT contact_without_name CHECK (coalesce(first_name, last_name, phone, email, linked_id) IS NOT NULL),
  CONSTRAINT contact_of_itself CHECK (linked_id IS NULL OR linked_id <> customer_id)
) STRICT;
CREATE INDEX contacts_by_customer ON contacts (customer_id);
CREATE UNIQUE INDEX one_company_per_person ON contacts (linked_id) WHERE linked_id IS NOT NULL;
CREATE TRIGGER link_of_contact BEFORE INSERT ON contacts
WHEN NEW.linked_id IS NOT NULL AND ((SELECT kind FROM customers WHERE id = NEW.customer_id) <> 'company'
  OR (SELECT kind FROM customers WHERE id = NEW.linked_id) <> 'individual')
BEGIN SELECT raise(ABORT, 'link_needs_company'); END;
CREATE TRIGGER link_of_contact_later BEFORE UPDATE OF linked_id, customer_id ON contacts
WHEN NEW.linked_id IS NOT NULL AND ((SELECT kind FROM customers WHERE id = NEW.customer_id) <> 'company'
  OR (SELECT kind FROM customers WHERE id = NEW.linked_id) <> 'individual')
BEGIN SELECT raise(ABORT, 'link_needs_company'); END;
CREATE TRIGGER linked_keeps_kind BEFORE UPDATE OF kind ON customers
WHEN NEW.kind <> OLD.kind AND EXISTS (SELECT 1 FROM contacts WHERE linked_id = NEW.id
  OR (customer_id = NEW.id AND linked_id IS NOT NULL))
BEGIN SELECT raise(ABORT, 'link_needs_company'); END;
CREATE TRIGGER company_keeps_contacts BEFORE UPDATE OF status ON customers
WHEN NEW.status IN ('deleted', 'spam', 'purged') AND OLD.status <> NEW.status
  AND EXISTS (SELECT 1 FROM contacts k JOIN customers p ON p.id = k.linked_id WHERE k.customer_id = NEW.id
    AND p.status <> 'purged')
BEGIN SELECT raise(ABORT, 'company_has_contacts'); END;

-- What other systems call our customers and documents: shopify:7210448300001, old:4711.
-- @log subject=coalesce($.customer_id, (SELECT customer_id FROM documents WHERE id = $.document_id))
CREATE TABLE external_ids (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  system      TEXT NOT NULL CONSTRAINT external_system CHECK (system = lower(system) AND system <> ''),
  external_id TEXT NOT NULL, -- personal: as that system writes it
  customer_id INTEGER REFERENCES customers(id),
  document_id INTEGER REFERENCES documents(id),
  CONSTRAINT external_of_one CHECK ((customer_id IS NULL) <> (document_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX one_customer_per_external_id ON external_ids (system, external_id) WHERE customer_id IS NOT NULL;
CREATE UNIQUE INDEX one_document_per_external_id ON external_ids (system, external_id) WHERE document_id IS NOT NULL;
CREATE INDEX external_ids_by_customer ON external_ids (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX external_ids_by_document ON external_ids (document_id) WHERE document_id IS NOT NULL;

-- What the shop should remember of a customer. Persistent notes stand on every document, computed when read;
-- internal text never leaves the shop.
-- @log subject=$.customer_id
CREATE TABLE notes (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,     -- the N number
  customer_id INTEGER NOT NULL REFERENCES customers(id),
  type        TEXT NOT NULL CONSTRAINT note_type CHECK (type = 'delivery' OR type = 'internal' OR type = 'customer'),
  persistence TEXT NOT NULL CONSTRAINT note_persistence CHECK (persistence IN ('persistent', 'optional')),
  important   INTEGER NOT NULL DEFAULT 0 CONSTRAINT note_important CHECK (important IN (0, 1)),
  text        TEXT,          -- personal:
  author      TEXT NOT NULL,
  written_on  TEXT NOT NULL,
  deleted_at  TEXT,          -- deleting is soft
  CONSTRAINT note_empty CHECK (text <> '' OR text IS NULL)
) STRICT;
CREATE INDEX notes_by_customer ON notes (customer_id, deleted_at);

-- Customer credit: what the shop owes the customer. Signed entries, never below zero, never changed.
-- @log subject=$.customer_id
CREATE TABLE wallet_entries (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id  INTEGER NOT NULL REFERENCES customers(id),
  amount_cents INTEGER NOT NULL CONSTRAINT wallet_amount CHECK (amount_cents <> 0 AND abs(amount_cents) <= 1000000000000000),
  type         TEXT NOT NULL CONSTRAINT wallet_type CHECK (
                 type IN ('return', 'grant', 'applied', 'withdrawal', 'adjustment', 'line_repayment', 'void', 'reset')),
  document_id  INTEGER REFERENCES documents(id),
  reverses     INTEGER REFERENCES wallet_entries(id),
  method       TEXT,         -- how the money came or went, where it did: cash, check, …
  reference    TEXT,         -- personal: check number, transaction id
  receipt      INTEGER,      -- of a surplus: the P number its check or transfer was recorded under
  location     TEXT,
  recorded_by  TEXT,
  note         TEXT,         -- personal:
  entered_on   TEXT NOT NULL,
  recorded_at  TEXT NOT NULL
) STRICT;
CREATE INDEX wallet_by_customer ON wallet_entries (customer_id, id);
CREATE INDEX wallet_by_day ON wallet_entries (entered_on);
CREATE UNIQUE INDEX reversed_once ON wallet_entries (reverses) WHERE reverses IS NOT NULL;

CREATE TRIGGER wallet_floor BEFORE INSERT ON wallet_entries
WHEN NEW.amount_cents < 0 AND NEW.amount_cents
  + (SELECT coalesce(sum(amount_cents), 0) FROM wallet_entries WHERE customer_id = NEW.customer_id) < 0
BEGIN SELECT raise(ABORT, 'wallet_below_zero'); END;
CREATE TRIGGER wallet_stays BEFORE UPDATE OF amount_cents, type ON wallet_entries
BEGIN SELECT raise(ABORT, 'ledger_append_only'); END;
CREATE TRIGGER wallet_remains BEFORE DELETE ON wallet_entries
BEGIN SELECT raise(ABORT, 'ledger_append_only'); END;

-- ====================================================================== terms and the catalogue

-- When an order on account is to be paid. Copied onto the document, so that a later edit rewrites nothing.
-- @log
CREATE TABLE terms (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  name         TEXT NOT NULL CONSTRAINT terms_name CHECK (length(name) BETWEEN 1 AND 60),
  deposit_rate INTEGER NOT NULL DEFAULT 0    -- basis points of the total, to be paid before the order proceeds
               CONSTRAINT terms_deposit CHECK (deposit_rate BETWEEN 0 AND 10000),
  days         INTEGER NOT NULL CONSTRAINT terms_days CHECK (days BETWEEN 0 AND 3650),
  counted_from TEXT NOT NULL DEFAULT 'invoice' -- the day the invoice is made, or the first statement that lists it
               CONSTRAINT terms_counted_from CHECK (counted_from IN ('invoice', 'statement')),
  is_default   INTEGER NOT NULL DEFAULT 0    -- for account holders without terms of their own
               CONSTRAINT terms_default CHECK (is_default IN (0, 1)),
  retired      INTEGER NOT NULL DEFAULT 0    -- kept for old documents, offered no more
               CONSTRAINT terms_retired CHECK (retired IN (0, 1)),
  description  TEXT
) STRICT;
CREATE UNIQUE INDEX one_terms_per_name ON terms (name);
CREATE UNIQUE INDEX one_default_terms ON terms (is_default) WHERE is_default = 1;
INSERT INTO terms (name, deposit_rate, days, is_default) VALUES
  ('Net 15', 0, 15, 0), ('Net 30', 0, 30, 0), ('Net 60', 0, 60, 0), ('Net 90', 0, 90, 0),
  ('10% deposit, 30 days', 1000, 30, 1);

-- The sales tax rate of documents that name none: the row with the latest starts_on that is not after the document's
-- day; before the first of them the setting tax.default_rate.
-- @log
CREATE TABLE tax_rates (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  starts_on TEXT NOT NULL,
  rate      INTEGER NOT NULL CONSTRAINT tax_rate CHECK (rate BETWEEN 0 AND 100000), -- thousandths of a percent
  note      TEXT
) STRICT;
CREATE UNIQUE INDEX one_tax_rate_per_day ON tax_rates (starts_on);

-- The proof that a customer pays no sales tax. customers.tax_exempt says that they do not; a certificate that expired
-- before a document's day exempts it no more.
-- @log subject=$.customer_id
CREATE TABLE exemptions (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customers(id),
  tax_id      TEXT NOT NULL CONSTRAINT exemption_tax_id CHECK (tax_id <> ''), -- personal: the sales tax number
  type        TEXT NOT NULL DEFAULT 'other' CONSTRAINT exemption_type CHECK (type IN ('resale', 'other')),
  expires_on  TEXT,          -- last day it holds; none: until it is taken back
  file_id     INTEGER REFERENCES files(id) -- the proof
) STRICT;
CREATE UNIQUE INDEX one_exemption_per_customer ON exemptions (customer_id);

-- The catalogue of models. A quote line takes price and cost from it unless they are typed.
-- @log
CREATE TABLE models (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  model        TEXT NOT NULL CONSTRAINT model_number CHECK (model <> ''),
  description  TEXT,
  price_cents  INTEGER       -- list price
               CONSTRAINT model_price CHECK (price_cents BETWEEN 0 AND 1000000000000000),
  cost_cents   INTEGER       -- none: not known
               CONSTRAINT model_cost CHECK (cost_cents BETWEEN 0 AND 1000000000000000),
  condition    TEXT,         -- new, scratch & dent, demo, floor model, …
  discontinued INTEGER NOT NULL DEFAULT 0 CONSTRAINT model_discontinued CHECK (discontinued IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX one_model_per_number ON models (model);

-- Selling prices that were agreed: a level, and what a model costs at it. A customer has at most one level.
-- @log
CREATE TABLE price_levels (
  id    INTEGER PRIMARY KEY AUTOINCREMENT,
  name  TEXT NOT NULL CONSTRAINT level_name CHECK (length(name) BETWEEN 1 AND 60)
) STRICT;
CREATE UNIQUE INDEX one_level_per_name ON price_levels (name);
-- @log
CREATE TABLE level_prices (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  level_id    INTEGER NOT NULL REFERENCES price_levels(id),
  model_id    INTEGER NOT NULL REFERENCES models(id),
  price_cents INTEGER NOT NULL CONSTRAINT level_price CHECK (price_cents BETWEEN 0 AND 1000000000000000)
) STRICT;
CREATE UNIQUE INDEX one_price_per_level ON level_prices (level_id, model_id);

-- The level a customer buys at.
-- @log subject=$.customer_id
CREATE TABLE customer_levels (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customers(id),
  level_id    INTEGER NOT NULL REFERENCES price_levels(id)
) STRICT;
CREATE UNIQUE INDEX one_level_per_customer ON customer_levels (customer_id);

-- The methods of payment that a customer or a company is offered; no row: all of the shop's.
-- @log subject=$.customer_id
CREATE TABLE customer_methods (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customers(id),
  method      TEXT NOT NULL CONSTRAINT customer_method CHECK (method IN (
                'cash', 'credit-card', 'check', 'bank-transfer', 'telephone', 'in-person', 'write-off', 'other',
                'synchrony', 'wells-fargo', 'acima', 'snap', 'aio-pay', 'customer-credit', 'credit-line'))
) STRICT;
CREATE UNIQUE INDEX one_row_per_customer_method ON customer_methods (customer_id, method);

-- Credit line: what a customer may owe. No row, or a closed one: may not owe; a limit of 0.00 is a line that holds
-- nothing. Lowering the limit under what is used is allowed and shown as over the limit.
-- @log subject=$.customer_id
CREATE TABLE credit_lines (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customers(id),
  limit_cents INTEGER NOT NULL CONSTRAINT credit_limit CHECK (limit_cents BETWEEN 0 AND 1000000000),
  terms_id    INTEGER NOT NULL REFERENCES terms(id), -- for draws to come; each draw keeps its own
  until_on    TEXT,          -- last day it may be drawn on
  closed_on   TEXT
) STRICT;
CREATE UNIQUE INDEX one_line_per_customer ON credit_lines (customer_id);

-- ====================================================================== scripts and saved work

-- Filters saved under a name and used as @name; they are kept as they were typed, so that "last month" moves along.
-- @log
CREATE TABLE saved_views (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  name      TEXT NOT NULL CONSTRAINT view_name CHECK (length(name) BETWEEN 1 AND 60),
  noun      TEXT NOT NULL,   -- what it lists: customers
  arguments TEXT NOT NULL    -- the options as typed, a JSON array of text
) STRICT;
CREATE UNIQUE INDEX one_view_per_name ON saved_views (name);

-- Answers already given to keyed requests (--idempotency-key): the same key again gives the same answer, once.
CREATE TABLE idempotency_keys (
  key         TEXT NOT NULL PRIMARY KEY CONSTRAINT key_length CHECK (length(key) BETWEEN 1 AND 200),
  fingerprint TEXT NOT NULL, -- digest of what was asked
  change_id   INTEGER NOT NULL REFERENCES changes(id),
  answer      TEXT NOT NULL  -- the refs that were made, such as C12
) STRICT, WITHOUT ROWID;

-- ====================================================================== quotes and orders: one thing at two moments

-- No order day: a quote (Q7). With an order day: an order (O7); the number stays for life.
-- @log subject=$.customer_id
CREATE TABLE documents (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,  -- the number
  customer_id    INTEGER NOT NULL REFERENCES customers(id),
  status         TEXT NOT NULL,
  quoted_on      TEXT,       -- the day the quote was made; none when the order was keyed directly
  expires_on     TEXT,       -- last valid day of the quote
  ordered_on     TEXT,       -- the day it became an order
  shipped_on     TEXT,
  job_name       TEXT,       -- personal: free text, may name people
  class          TEXT NOT NULL DEFAULT 'retail'
                 CONSTRAINT document_class CHECK (
                   class = 'retail' OR class = 'web' OR class = 'trade' OR class = 'project'),
  source         TEXT CONSTRAINT document_source CHECK (source IN ('website', 'in-store')),
  location       TEXT,
  salesperson_id INTEGER REFERENCES staff(id),
  purchase_order TEXT,       -- personal: the customer's own number for it
  needed_on      TEXT,
  delivery_text  TEXT,       -- personal: the address as it was when the document was made
  tax_rate       INTEGER NOT NULL DEFAULT 0 CONSTRAINT document_tax_rate CHECK (tax_rate BETWEEN 0 AND 100000),
  delivery_charge_cents   INTEGER NOT NULL DEFAULT 0 CONSTRAINT delivery_charge CHECK (delivery_charge_cents >= 0),
  mileage_charge_cents    INTEGER NOT NULL DEFAULT 0 CONSTRAINT mileage_charge CHECK (mileage_charge_cents >= 0),
  trip_charge_cents       INTEGER NOT NULL DEFAULT 0 CONSTRAINT trip_charge CHECK (trip_charge_cents >= 0),
  shipping_charge_cents   INTEGER NOT NULL DEFAULT 0 CONSTRAINT shipping_charge CHECK (shipping_charge_cents >= 0),
  rush_charge_cents       INTEGER NOT NULL DEFAULT 0 CONSTRAINT rush_charge CHECK (rush_charge_cents >= 0),
  customer_discount_cents INTEGER NOT NULL DEFAULT 0 CONSTRAINT customer_discount CHECK (customer_discount_cents >= 0),
  rebate_cents            INTEGER NOT NULL DEFAULT 0 CONSTRAINT instant_rebate CHECK (rebate_cents >= 0),
  coupon_cents            INTEGER NOT NULL DEFAULT 0 CONSTRAINT retailer_coupon CHECK (coupon_cents >= 0),
  gift_certificate_cents  INTEGER NOT NULL DEFAULT 0 CONSTRAINT gift_certificate CHECK (gift_certificate_cents >= 0),
  tax_cents               INTEGER NOT NULL DEFAULT 0 CONSTRAINT document_tax CHECK (tax_cents >= 0),
  customer_discount_rate  INTEGER NOT NULL DEFAULT 0 -- basis points of the goods, as agreed when the document was made
                          CONSTRAINT customer_discount_rate CHECK (customer_discount_rate BETWEEN 0 AND 10000),
  tax_exempt     INTEGER NOT NULL DEFAULT 0 CONSTRAINT document_exempt CHECK (tax_exempt IN (0, 1)), -- when it was made
  tax_typed      INTEGER NOT NULL DEFAULT 0 CONSTRAINT document_tax_typed CHECK (tax_typed IN (0, 1)), -- not worked out
  on_account     INTEGER NOT NULL DEFAULT 0 CONSTRAINT document_on_account CHECK (on_account IN (0, 1)), -- to be paid later
  terms_name     TEXT,       -- the terms of an order on account, copied when it was placed
  terms_deposit_rate INTEGER,
  terms_days     INTEGER,
  terms_from     TEXT CONSTRAINT document_terms_from CHECK (terms_from IN ('invoice', 'statement')),
  approved_on    TEXT,       -- a quote approved by the customer, paid or not
  canceled_on    TEXT,
  invoice_number INTEGER,    -- the I number: a gapless series of its own
  invoiced_on    TEXT,
  due_on         TEXT,       -- when the invoice is to be paid; none: not before a statement lists it
  swap_of        INTEGER REFERENCES documents(id), -- the order whose goods this one replaces; it raises no stage
  opening        INTEGER NOT NULL DEFAULT 0 -- 1: owed from before hub: no sale, so neither stage, count nor lifetime value
                 CONSTRAINT document_opening CHECK (opening IN (0, 1)),
  production_hold INTEGER NOT NULL DEFAULT 0 CONSTRAINT document_hold CHECK (production_hold IN (0, 1)),
  requested_on   TEXT,       -- the day payment was asked for
  remind_from    TEXT,       -- no reminder of the invoice before this day
  next_line      INTEGER NOT NULL DEFAULT 1, -- the next line number; never goes back
  created_at     TEXT NOT NULL,
  goods_cents    INTEGER NOT NULL DEFAULT 0, -- kept: sum of the lines' nets
  services_cents INTEGER NOT NULL DEFAULT 0, -- kept: installs, haul-away, protection plans
  returned_cents INTEGER NOT NULL DEFAULT 0, -- kept: value taken back by returns, less restocking fees
  adjusted_cents INTEGER NOT NULL DEFAULT 0, -- kept: taken off afterwards: allowances, refunds with credit, cancellation
  paid_cents     INTEGER NOT NULL DEFAULT 0, -- kept: confirmed payments less refunds
  pending_cents  INTEGER NOT NULL DEFAULT 0, -- kept: payments not yet confirmed
  written_off_cents INTEGER NOT NULL DEFAULT 0, -- kept: the part of paid_cents that was written off
  open_lines     INTEGER NOT NULL DEFAULT 0, -- kept: lines neither delivered nor returned
  returned_lines INTEGER NOT NULL DEFAULT 0, -- kept: lines returned
  total_cents    INTEGER GENERATED ALWAYS AS (
                   goods_cents + services_cents + delivery_charge_cents + mileage_charge_cents + trip_charge_cents
                   + shipping_charge_cents + rush_charge_cents - customer_discount_cents - rebate_cents
                   - coupon_cents - gift_certificate_cents + tax_cents) VIRTUAL,
  charged_cents  INTEGER GENERATED ALWAYS AS (       -- the total less what was taken back or off
                   goods_cents + services_cents + delivery_charge_cents + mileage_charge_cents + trip_charge_cents
                   + shipping_charge_cents + rush_charge_cents - customer_discount_cents - rebate_cents
                   - coupon_cents - gift_certificate_cents + tax_cents - returned_cents - adjusted_cents) VIRTUAL,
  CONSTRAINT document_status CHECK (
    CASE WHEN ordered_on IS NULL
         THEN status = 'draft' OR status = 'saved' OR status = 'awaiting-approval' OR status = 'approved'
              OR status = 'declined' OR status = 'deleted'
         ELSE status = 'draft' OR status = 'saved' OR status = 'awaiting-payment' OR status = 'in-production'
              OR status = 'shipped' OR status = 'canceled' END),
  CONSTRAINT document_days CHECK (expires_on >= quoted_on AND ordered_on >= quoted_on AND shipped_on >= ordered_on)
) STRICT;
CREATE INDEX documents_by_customer ON documents (customer_id, ordered_on);
CREATE UNIQUE INDEX one_invoice_per_number ON documents (invoice_number) WHERE invoice_number IS NOT NULL;
CREATE INDEX invoices_by_due_day ON documents (due_on, customer_id) WHERE invoiced_on IS NOT NULL;
CREATE INDEX orders_by_day ON documents (ordered_on, id, customer_id) WHERE ordered_on IS NOT NULL; -- id: lists come sorted
CREATE INDEX quotes_by_day ON documents (quoted_on, customer_id) WHERE quoted_on IS NOT NULL;
CREATE INDEX open_orders ON documents (customer_id) WHERE ordered_on IS NOT NULL AND status NOT IN ('draft', 'canceled');
CREATE INDEX orders_owing ON documents (ordered_on) WHERE ordered_on IS NOT NULL AND status NOT IN ('draft', 'canceled')
  AND charged_cents <> paid_cents + pending_cents;
CREATE INDEX orders_needed ON documents (needed_on)
  WHERE needed_on IS NOT NULL AND open_lines > 0 AND status NOT IN ('draft', 'canceled', 'shipped');
CREATE INDEX orders_returned ON documents (ordered_on) WHERE returned_lines > 0;
CREATE INDEX orders_canceled ON documents (canceled_on) WHERE canceled_on IS NOT NULL;
CREATE INDEX open_quotes ON documents (customer_id) WHERE ordered_on IS NULL AND status NOT IN ('declined', 'deleted');

-- What is sold. Line numbers of a document are never reused.
-- @log subject=(SELECT customer_id FROM documents WHERE id = $.document_id)
CREATE TABLE document_lines (
  id               INTEGER PRIMARY KEY AUTOINCREMENT,
  document_id      INTEGER NOT NULL REFERENCES documents(id),
  line             INTEGER NOT NULL CONSTRAINT line_number CHECK (line >= 1),
  model            TEXT NOT NULL CONSTRAINT line_model CHECK (model <> ''),
  description      TEXT,
  quantity         INTEGER NOT NULL CONSTRAINT line_quantity CHECK (quantity BETWEEN 1 AND 1000000),
  unit_price_cents INTEGER NOT NULL CONSTRAINT line_price CHECK (unit_price_cents BETWEEN 0 AND 1000000000000000),
  unit_cost_cents  INTEGER CONSTRAINT line_cost CHECK (unit_cost_cents BETWEEN 0 AND 1000000000000000), -- none: not known
  discount_rate    INTEGER NOT NULL DEFAULT 0 CONSTRAINT line_discount CHECK (discount_rate BETWEEN 0 AND 10000), -- basis points
  discount_cents   INTEGER NOT NULL DEFAULT 0 CONSTRAINT line_discount_amount CHECK (discount_cents >= 0),
  delivery_status  TEXT NOT NULL DEFAULT 'open' CONSTRAINT line_delivery_status CHECK (
                     delivery_status = 'open' OR delivery_status = 'scheduled' OR delivery_status = 'in-transit'
                     OR delivery_status = 'delivered' OR delivery_status = 'returned'),
  delivered_on     TEXT,
  scheduled_on     TEXT,
  delivery_method  TEXT,
  driver           TEXT,
  fulfillment      TEXT,     -- delivery-install, delivery, pickup, not-sure; several joined by commas; none blocks payment
  condition        TEXT,     -- new, scratch & dent, demo, floor model, …
  size             TEXT,     -- of apparel
  colour           TEXT,
  decoration       TEXT,
  returned_quantity INTEGER NOT NULL DEFAULT 0, -- kept: units taken back
  design_id        INTEGER REFERENCES designs(id), -- the artwork that is printed or stitched on it
  term_id          INTEGER REFERENCES line_terms(id),  -- kept: its words in the search index
  net_cents        INTEGER GENERATED ALWAYS AS (      -- rounded half up, once
                     (quantity * unit_price_cents * (10000 - discount_rate) + 5000) / 10000 - discount_cents) VIRTUAL,
  CONSTRAINT line_below_zero CHECK (discount_cents <= quantity * unit_price_cents)
) STRICT;
CREATE UNIQUE INDEX one_line_per_number ON document_lines (document_id, line);
CREATE INDEX lines_by_term ON document_lines (term_id, document_id);
CREATE INDEX lines_by_delivery ON document_lines (coalesce(delivered_on, scheduled_on), document_id)
  WHERE coalesce(delivered_on, scheduled_on) IS NOT NULL;
CREATE INDEX lines_by_driver ON document_lines (lower(driver), document_id) WHERE driver IS NOT NULL;

-- What is sold with a line: installs, haul-away, a protection plan.
-- @log subject=(SELECT customer_id FROM documents WHERE id = $.document_id)
CREATE TABLE line_services (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  document_id INTEGER NOT NULL REFERENCES documents(id),
  line_id     INTEGER NOT NULL REFERENCES document_lines(id),
  kind        TEXT NOT NULL CONSTRAINT service_kind CHECK (kind IN ('install', 'haul-away', 'plan')),
  name        TEXT NOT NULL CONSTRAINT service_name CHECK (name <> ''), -- of a plan: its SKU
  quantity    INTEGER NOT NULL DEFAULT 1 CONSTRAINT service_quantity CHECK (quantity BETWEEN 1 AND 1000000),
  price_cents INTEGER NOT NULL CONSTRAINT service_price CHECK (price_cents BETWEEN 0 AND 1000000000000000), -- for one
  cost_cents  INTEGER CONSTRAINT service_cost CHECK (cost_cents BETWEEN 0 AND 1000000000000000), -- none: not known
  months      INTEGER CONSTRAINT plan_months CHECK (months BETWEEN 1 AND 600), -- how long a plan covers, from delivery
  added_on    TEXT,          -- the day it was sold with an order afterwards; none: it was sold with the rest
  added_tax_cents INTEGER NOT NULL DEFAULT 0, -- by how much the order's tax rose with what was added that day
  returned    INTEGER NOT NULL DEFAULT 0 -- kept: 1 once it was taken back
) STRICT;
CREATE INDEX services_by_line ON line_services (line_id);
CREATE INDEX services_by_document ON line_services (document_id);
CREATE INDEX services_by_day ON line_services (added_on) WHERE added_on IS NOT NULL;

-- Serial numbers, one for each unit once it is known.
-- @log subject=(SELECT d.customer_id FROM documents d JOIN document_lines l ON l.document_id = d.id WHERE l.id = $.line_id)
CREATE TABLE line_serials (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  line_id    INTEGER NOT NULL REFERENCES document_lines(id),
  serial     TEXT NOT NULL CONSTRAINT serial_empty CHECK (serial <> ''),
  serial_key TEXT GENERATED ALWAYS AS (upper(replace(replace(serial, ' ', ''), '-', ''))) VIRTUAL
) STRICT;
CREATE INDEX serials_by_line ON line_serials (line_id);
CREATE INDEX serials_by_key ON line_serials (serial_key);

-- Money received on a document.
-- @log subject=$.customer_id
CREATE TABLE payments (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,     -- the P number
  customer_id  INTEGER NOT NULL REFERENCES customers(id),
  document_id  INTEGER NOT NULL REFERENCES documents(id),
  method       TEXT NOT NULL CONSTRAINT payment_method CHECK (method IN (
                 'cash', 'credit-card', 'check', 'bank-transfer', 'telephone', 'in-person', 'write-off', 'other',
                 'synchrony', 'wells-fargo', 'acima', 'snap', 'aio-pay', 'customer-credit', 'credit-line')),
  status       TEXT NOT NULL DEFAULT 'confirmed' CONSTRAINT payment_status CHECK (
                 status = 'pending' OR status = 'confirmed' OR status = 'rejected' OR status = 'incomplete'
                 OR status = 'void'),
  amount_cents INTEGER NOT NULL CONSTRAINT payment_amount CHECK (amount_cents BETWEEN 1 AND 1000000000000000),
  paid_on      TEXT NOT NULL,
  reference    TEXT,         -- personal: check number, approval code, transaction id
  note         TEXT,         -- personal:
  term         TEXT,         -- of financing
  promo_code   TEXT,         -- of financing
  authorization_code TEXT,   -- personal: of financing
  description  TEXT,         -- personal: of method "other"
  location     TEXT,
  recorded_by  TEXT,         -- who took it
  channel      TEXT CONSTRAINT payment_channel CHECK (channel IN ('card', 'phone', 'keyed', 'ach', 'pay-later')), -- of aio-pay
  fee_cents    INTEGER CONSTRAINT payment_fee CHECK (fee_cents >= 0),  -- what the processor keeps; none: no fee is known
  receipt      INTEGER,      -- payments of one check or transfer share the number of the first of them
  due_on       TEXT,         -- of a draw on the credit line: when it is to be repaid
  terms_name   TEXT,         -- of a draw: the terms it was made on
  ended_on     TEXT,         -- the day it bounced, was voided or rejected; before that day it still counts
  recorded_at  TEXT NOT NULL
) STRICT;
CREATE INDEX payments_by_document ON payments (document_id);
CREATE INDEX payments_by_customer ON payments (customer_id, paid_on);
CREATE INDEX payments_by_day ON payments (paid_on);
CREATE INDEX payments_ended ON payments (ended_on) WHERE ended_on IS NOT NULL;
CREATE INDEX payments_by_reference ON payments (reference) WHERE reference IS NOT NULL;
CREATE INDEX draws_by_customer ON payments (customer_id, due_on) WHERE method = 'credit-line';

-- Money given back on a payment, without goods: it is owed again, unless an adjustment of the same value was made.
-- @log subject=$.customer_id
CREATE TABLE refunds (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,     -- the F number
  customer_id  INTEGER NOT NULL REFERENCES customers(id),
  document_id  INTEGER NOT NULL REFERENCES documents(id),
  payment_id   INTEGER NOT NULL REFERENCES payments(id),
  return_id    INTEGER REFERENCES returns(id), -- the return that it pays out, if any
  method       TEXT NOT NULL,
  amount_cents INTEGER NOT NULL CONSTRAINT refund_amount CHECK (amount_cents BETWEEN 1 AND 1000000000000000),
  reason       TEXT NOT NULL CONSTRAINT refund_reason CHECK (reason <> ''), -- personal: as typed
  note         TEXT,         -- personal:
  refunded_on  TEXT NOT NULL,
  location     TEXT,
  recorded_by  TEXT,         -- who gave it back
  ended_on     TEXT,         -- the day it was taken back; before that day it still counts
  recorded_at  TEXT NOT NULL
) STRICT;
CREATE INDEX refunds_by_document ON refunds (document_id);
CREATE INDEX refunds_by_payment ON refunds (payment_id);
CREATE INDEX refunds_by_day ON refunds (refunded_on);
CREATE INDEX refunds_ended ON refunds (ended_on) WHERE ended_on IS NOT NULL;

-- Taken off (or, below zero, put on) a document afterwards: goods stay, the customer owes less.
-- @log subject=$.customer_id
CREATE TABLE adjustments (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id  INTEGER NOT NULL REFERENCES customers(id),
  document_id  INTEGER NOT NULL REFERENCES documents(id),
  line_id      INTEGER REFERENCES document_lines(id),
  kind         TEXT NOT NULL CONSTRAINT adjustment_kind CHECK (
                 kind IN ('allowance', 'refund-credit', 'cancel', 'bounce-fee', 'reminder-fee')),
  amount_cents INTEGER NOT NULL CONSTRAINT adjustment_amount CHECK (amount_cents <> 0),
  reason       TEXT NOT NULL CONSTRAINT adjustment_reason CHECK (reason <> ''), -- personal: as typed
  adjusted_on  TEXT NOT NULL,
  ended_on     TEXT,         -- the day it was taken back; before that day it still counts
  recorded_at  TEXT NOT NULL
) STRICT;
CREATE INDEX adjustments_by_document ON adjustments (document_id);
CREATE INDEX adjustments_by_day ON adjustments (adjusted_on);
CREATE INDEX adjustments_ended ON adjustments (ended_on) WHERE ended_on IS NOT NULL;

-- Goods and services taken back. What it gives back is its parts less the restocking fee; where the money went stands
-- in refunds, in customer credit and in repayments of the credit line.
-- @log subject=$.customer_id
CREATE TABLE returns (
  id               INTEGER PRIMARY KEY AUTOINCREMENT, -- the R number
  customer_id      INTEGER NOT NULL REFERENCES customers(id),
  document_id      INTEGER NOT NULL REFERENCES documents(id),
  returned_on      TEXT NOT NULL,
  reason           TEXT NOT NULL CONSTRAINT return_reason CHECK (reason <> ''), -- personal: as typed
  discount_cents   INTEGER NOT NULL DEFAULT 0, -- the share of the document's discounts that the goods had
  delivery_cents   INTEGER NOT NULL DEFAULT 0 CONSTRAINT return_delivery CHECK (delivery_cents >= 0),
  tax_cents        INTEGER NOT NULL DEFAULT 0 CONSTRAINT return_tax CHECK (tax_cents >= 0),
  restocking_cents INTEGER NOT NULL DEFAULT 0 CONSTRAINT return_restocking CHECK (restocking_cents >= 0),
  ended_on         TEXT,         -- the day it was taken back; before that day it still counts
  recorded_at      TEXT NOT NULL
) STRICT;
CREATE INDEX returns_by_document ON returns (document_id);
CREATE INDEX returns_by_day ON returns (returned_on);
CREATE INDEX returns_ended ON returns (ended_on) WHERE ended_on IS NOT NULL;

-- What a return took back of a line: units, or money for units that stay, or one of its services.
-- @log subject=(SELECT customer_id FROM documents WHERE id = $.document_id)
CREATE TABLE return_lines (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  document_id  INTEGER NOT NULL REFERENCES documents(id),
  return_id    INTEGER NOT NULL REFERENCES returns(id),
  line_id      INTEGER NOT NULL REFERENCES document_lines(id),
  service_id   INTEGER REFERENCES line_services(id),
  quantity     INTEGER NOT NULL DEFAULT 0 CONSTRAINT return_quantity CHECK (quantity >= 0),
  amount_cents INTEGER NOT NULL CONSTRAINT return_amount CHECK (amount_cents >= 0)
) STRICT;
CREATE INDEX return_lines_by_return ON return_lines (return_id);
CREATE INDEX return_lines_by_line ON return_lines (line_id);
CREATE VIEW taken_back AS SELECT b.* FROM return_lines b JOIN returns r ON r.id = b.return_id WHERE r.ended_on IS NULL;
CREATE TRIGGER line_taken_back AFTER INSERT ON return_lines
BEGIN
  UPDATE document_lines SET returned_quantity =
    (SELECT coalesce(sum(quantity), 0) FROM taken_back WHERE line_id = NEW.line_id) WHERE id = NEW.line_id;
  UPDATE line_services SET returned = EXISTS (SELECT 1 FROM taken_back WHERE service_id = NEW.service_id)
    WHERE id = NEW.service_id;
END;
CREATE TRIGGER line_taken_back_not AFTER DELETE ON return_lines
BEGIN
  UPDATE document_lines SET returned_quantity =
    (SELECT coalesce(sum(quantity), 0) FROM taken_back WHERE line_id = OLD.line_id) WHERE id = OLD.line_id;
  UPDATE line_services SET returned = EXISTS (SELECT 1 FROM taken_back WHERE service_id = OLD.service_id)
    WHERE id = OLD.service_id;
END;
CREATE TRIGGER return_ended AFTER UPDATE OF ended_on ON returns
BEGIN
  UPDATE document_lines SET returned_quantity =
    (SELECT coalesce(sum(quantity), 0) FROM taken_back WHERE line_id = document_lines.id)
    WHERE document_id = NEW.document_id;
  UPDATE line_services SET returned = EXISTS (SELECT 1 FROM taken_back WHERE service_id = line_services.id)
    WHERE document_id = NEW.document_id;
END;

-- Repayments of draws on the credit line: money, customer credit, or goods that were returned.
-- @log subject=$.customer_id
CREATE TABLE line_repayments (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id  INTEGER NOT NULL REFERENCES customers(id),
  payment_id   INTEGER NOT NULL REFERENCES payments(id), -- the draw
  method       TEXT NOT NULL,
  status       TEXT NOT NULL DEFAULT 'confirmed' CONSTRAINT repayment_status CHECK (status IN ('pending', 'confirmed', 'rejected', 'void')),
  amount_cents INTEGER NOT NULL CONSTRAINT repayment_amount CHECK (amount_cents BETWEEN 1 AND 1000000000000000),
  paid_on      TEXT NOT NULL,
  reference    TEXT,         -- personal:
  note         TEXT,         -- personal:
  receipt      INTEGER,
  return_id    INTEGER REFERENCES returns(id),
  location     TEXT,
  recorded_by  TEXT,
  ended_on     TEXT,
  recorded_at  TEXT NOT NULL
) STRICT;
CREATE INDEX repayments_by_draw ON line_repayments (payment_id);
CREATE INDEX repayments_by_customer ON line_repayments (customer_id, paid_on);
CREATE INDEX repayments_by_day ON line_repayments (paid_on);

-- What an order has reached on its way through the workshop.
-- @log subject=(SELECT customer_id FROM documents WHERE id = $.document_id)
CREATE TABLE milestones (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  document_id INTEGER NOT NULL REFERENCES documents(id),
  milestone   TEXT NOT NULL CONSTRAINT milestone_name CHECK (milestone IN (
                'payment-terms-met', 'blanks-ordered', 'blanks-received', 'artwork-approved', 'production-complete',
                'shipped')),
  reached_on  TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_row_per_milestone ON milestones (document_id, milestone);

-- Optional notes of the customer that were put on a document by hand; persistent ones stand there by themselves.
-- @log subject=(SELECT customer_id FROM documents WHERE id = $.document_id)
CREATE TABLE document_notes (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  document_id INTEGER NOT NULL REFERENCES documents(id),
  note_id     INTEGER NOT NULL REFERENCES notes(id)
) STRICT;
CREATE UNIQUE INDEX one_row_per_attached_note ON document_notes (document_id, note_id);

-- What left the shop: a quote, an invoice, a payment request, a statement. That it was sent, not its text.
-- @log subject=$.customer_id
CREATE TABLE sendings (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id  INTEGER NOT NULL REFERENCES customers(id),
  document_id  INTEGER REFERENCES documents(id),
  statement_id INTEGER REFERENCES statements(id),
  kind         TEXT NOT NULL CONSTRAINT sending_kind CHECK (
                 kind IN ('quote', 'order', 'invoice', 'payment-request', 'statement', 'message', 'canceled', 'shipped',
                   'rejected', 'reminder')),
  way          TEXT NOT NULL CONSTRAINT sending_way CHECK (way IN ('email', 'outbox', 'print', 'hand')),
  sent_to      TEXT,         -- personal: the addresses
  sent_on      TEXT NOT NULL,
  sent_by      TEXT NOT NULL,
  recorded_at  TEXT NOT NULL,
  mail_id      INTEGER REFERENCES mails(id), -- the mail itself, where the history of mail is kept
  level        INTEGER CONSTRAINT sending_level CHECK (level BETWEEN 1 AND 4) -- of a reminder: which in turn
) STRICT;
CREATE INDEX sendings_by_mail ON sendings (mail_id) WHERE mail_id IS NOT NULL;
CREATE INDEX sendings_by_customer ON sendings (customer_id);
CREATE INDEX sendings_by_document ON sendings (document_id) WHERE document_id IS NOT NULL;
CREATE INDEX sendings_by_statement ON sendings (statement_id) WHERE statement_id IS NOT NULL;

-- An invoice that the customer says is wrong: its own column in aging, no overdue message while it is open.
-- @log subject=$.customer_id
CREATE TABLE disputes (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customers(id),
  document_id INTEGER NOT NULL REFERENCES documents(id),
  note        TEXT NOT NULL CONSTRAINT dispute_note CHECK (note <> ''), -- personal:
  opened_on   TEXT NOT NULL,
  resolved_on TEXT,
  CONSTRAINT dispute_days CHECK (resolved_on >= opened_on)
) STRICT;
CREATE UNIQUE INDEX one_open_dispute ON disputes (document_id) WHERE resolved_on IS NULL;
CREATE INDEX disputes_by_document ON disputes (document_id);

-- Statements of account, kept as they were issued: later payments rewrite nothing.
-- @log subject=$.customer_id
CREATE TABLE statements (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,     -- the S number
  customer_id  INTEGER NOT NULL REFERENCES customers(id), -- a company's covers its linked contacts
  kind         TEXT NOT NULL CONSTRAINT statement_kind CHECK (kind IN ('balance-forward', 'open-item')),
  from_on      TEXT NOT NULL,
  to_on        TEXT NOT NULL,
  issued_on    TEXT NOT NULL,
  balance_cents     INTEGER NOT NULL, -- of what it lists
  not_yet_due_cents INTEGER NOT NULL, -- owed, and not listed
  total_owed_cents  INTEGER NOT NULL CONSTRAINT statement_sum CHECK (total_owed_cents = balance_cents + not_yet_due_cents), -- equals aging
  replaced_by  INTEGER REFERENCES statements(id), -- the one that was issued anew for the same period
  content      TEXT NOT NULL,         -- personal: everything it shows, as JSON
  digest       TEXT NOT NULL,         -- SHA-256 of content
  recorded_at  TEXT NOT NULL,
  CONSTRAINT statement_days CHECK (to_on >= from_on)
) STRICT;
CREATE INDEX statements_by_customer ON statements (customer_id, to_on);
CREATE UNIQUE INDEX one_statement_per_period ON statements (customer_id, from_on, to_on, kind) WHERE replaced_by IS NULL;

-- The invoices that a statement lists; terms counted from the statement run from the first of them.
-- @log subject=(SELECT customer_id FROM statements WHERE id = $.statement_id)
CREATE TABLE statement_documents (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  statement_id INTEGER NOT NULL REFERENCES statements(id),
  document_id  INTEGER NOT NULL REFERENCES documents(id)
) STRICT;
CREATE UNIQUE INDEX one_row_per_listed_document ON statement_documents (statement_id, document_id);
CREATE INDEX statements_of_document ON statement_documents (document_id);

-- ====================================================================== the rest of the record

-- Files kept in the database: attachments of notes, designs, survey forms, proofs. The bytes stand once in file_contents.
-- @log subject=$.customer_id
CREATE TABLE files (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customers(id),
  name        TEXT,          -- personal: as it was called; none once erased
  media_type  TEXT NOT NULL, -- such as image/png
  size        INTEGER NOT NULL CONSTRAINT file_size CHECK (size BETWEEN 1 AND 26214400), -- bytes
  sha256      TEXT NOT NULL, -- personal: of its bytes, 64 hexadecimal digits; empty once erased
  note_id     INTEGER REFERENCES notes(id), -- the note it is attached to, if it is
  added_on    TEXT NOT NULL,
  added_by    TEXT NOT NULL
) STRICT;
CREATE INDEX files_by_customer ON files (customer_id);
CREATE INDEX files_by_note ON files (note_id) WHERE note_id IS NOT NULL;
CREATE INDEX files_by_bytes ON files (sha256);
CREATE TABLE file_contents (
  sha256  TEXT NOT NULL PRIMARY KEY,
  content BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Visits to the customer's home: measuring, service, install. They hang on an order, never on a quote.
-- @log subject=$.customer_id
CREATE TABLE visits (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,     -- the V number
  customer_id  INTEGER NOT NULL REFERENCES customers(id),
  document_id  INTEGER NOT NULL REFERENCES documents(id),
  line_id      INTEGER REFERENCES document_lines(id), -- the appliance concerned
  type         TEXT NOT NULL CONSTRAINT visit_type CHECK (type IN ('survey', 'service', 'install')),
  status       TEXT NOT NULL DEFAULT 'open' CONSTRAINT visit_status CHECK (
                 status IN ('open', 'scheduled', 'in-transit', 'completed', 'canceled')),
  description  TEXT,         -- personal: what the technician is to do
  serial       TEXT,
  method       TEXT,         -- delivery method or provider
  driver       TEXT,
  scheduled_on TEXT,
  time_window  TEXT,         -- personal: such as 8-12
  completed_on TEXT,
  failed_reason TEXT         -- why the last try came to nothing
               CONSTRAINT visit_failed CHECK (failed_reason IN (
                 'not-home', 'site-not-ready', 'customer-asked', 'refused-damage', 'size', 'skipped')),
  form_file_id INTEGER REFERENCES files(id), -- the survey form
  created_on   TEXT NOT NULL,
  created_by   TEXT NOT NULL,
  CONSTRAINT visit_days CHECK ((status <> 'scheduled' OR scheduled_on IS NOT NULL)
                               AND (status = 'completed') = (completed_on IS NOT NULL))
) STRICT;
CREATE INDEX visits_by_customer ON visits (customer_id);
CREATE INDEX visits_by_document ON visits (document_id);
CREATE INDEX visits_by_day ON visits (scheduled_on) WHERE scheduled_on IS NOT NULL;

-- Artwork of the customer: uploaded pictures and digitized embroidery.
-- @log subject=$.customer_id
CREATE TABLE designs (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,      -- the D number
  customer_id INTEGER NOT NULL REFERENCES customers(id),
  name        TEXT,          -- personal:
  type        TEXT NOT NULL DEFAULT 'uploaded' CONSTRAINT design_type CHECK (type IN ('uploaded', 'digitized')),
  width       INTEGER CONSTRAINT design_width CHECK (width > 0),   -- pixels
  height      INTEGER CONSTRAINT design_height CHECK (height > 0), -- pixels
  file_id     INTEGER NOT NULL REFERENCES files(id),
  added_on    TEXT NOT NULL,
  added_by    TEXT NOT NULL, -- who uploaded it and confirmed the copyright
  deleted_at  TEXT           -- deleting is soft: lines that used it keep it
) STRICT;
CREATE INDEX designs_by_customer ON designs (customer_id);

-- How designs stand on a product, saved for the next order.
-- @log subject=$.customer_id
CREATE TABLE layouts (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customers(id),
  design_id   INTEGER REFERENCES designs(id),
  document_id INTEGER REFERENCES documents(id),       -- the order that used it last
  name        TEXT,          -- personal:
  product     TEXT,          -- personal: as typed
  process     TEXT,          -- screen print, embroidery, …
  position    TEXT,          -- personal: left chest, full back, …
  created_on  TEXT NOT NULL,
  deleted_at  TEXT
) STRICT;
CREATE INDEX layouts_by_customer ON layouts (customer_id);

-- Artwork that the customer has to approve, for an order or on its own.
-- @log subject=$.customer_id
CREATE TABLE artwork_jobs (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,      -- the W number
  customer_id INTEGER NOT NULL REFERENCES customers(id),
  document_id INTEGER REFERENCES documents(id),
  design_id   INTEGER REFERENCES designs(id),         -- the latest artwork
  ready_file_id INTEGER REFERENCES files(id),         -- what the press or the machine takes
  name        TEXT NOT NULL CONSTRAINT artwork_name CHECK (name <> ''), -- personal:
  description TEXT,          -- personal:
  process     TEXT,
  status      TEXT NOT NULL DEFAULT 'awaiting-artwork' CONSTRAINT artwork_status CHECK (
                status IN ('awaiting-artwork', 'awaiting-approval', 'approved', 'rejected')),
  fee_cents   INTEGER NOT NULL DEFAULT 0 CONSTRAINT artwork_fee CHECK (fee_cents >= 0),
  note        TEXT,          -- personal: what the customer said
  created_on  TEXT NOT NULL,
  decided_on  TEXT
) STRICT;
CREATE INDEX artwork_by_customer ON artwork_jobs (customer_id);
CREATE INDEX artwork_by_document ON artwork_jobs (document_id) WHERE document_id IS NOT NULL;

-- E-mails to and from customers, kept only while correspondence.record_emails is on.
-- @log subject=$.customer_id
CREATE TABLE mails (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,     -- the M number
  customer_id  INTEGER NOT NULL REFERENCES customers(id),
  document_id  INTEGER REFERENCES documents(id),
  statement_id INTEGER REFERENCES statements(id),
  direction    TEXT NOT NULL CONSTRAINT mail_direction CHECK (direction IN ('out', 'in')),
  template     TEXT,         -- quote, invoice, payment-request, statement, message, …
  status       TEXT NOT NULL CONSTRAINT mail_status CHECK (status IN ('sent', 'outbox', 'received')),
  sent_from    TEXT,         -- personal:
  sent_to      TEXT,         -- personal:
  subject      TEXT,         -- personal:
  body         TEXT,         -- personal:
  message_id   TEXT,         -- personal: of the mail itself: the same mail is recorded once
  sent_at      TEXT NOT NULL
) STRICT;
CREATE INDEX mails_by_customer ON mails (customer_id, sent_at);
CREATE INDEX mails_by_document ON mails (document_id) WHERE document_id IS NOT NULL;
CREATE UNIQUE INDEX one_mail_per_message ON mails (message_id, customer_id) WHERE message_id IS NOT NULL;

-- What the customer did on the shop's website: logins and visits, brought in from its log.
-- @log subject=$.customer_id
CREATE TABLE site_events (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customers(id),
  kind        TEXT NOT NULL CONSTRAINT site_event_kind CHECK (kind <> ''), -- login, page, cart, …
  detail      TEXT,          -- personal:
  at          TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_row_per_site_event ON site_events (customer_id, at, kind, detail);

-- The account on the shop's website; only a salted hash of the password is kept.
-- @log subject=$.customer_id
CREATE TABLE logins (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id   INTEGER NOT NULL REFERENCES customers(id),
  username      TEXT,        -- personal:
  username_key  TEXT,        -- personal: case folded
  password_hash TEXT,        -- personal: scrypt, with its salt; never shown
  disabled      INTEGER NOT NULL DEFAULT 0 CONSTRAINT login_disabled CHECK (disabled IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX one_login_per_customer ON logins (customer_id);
CREATE UNIQUE INDEX one_login_per_name ON logins (username_key) WHERE username_key IS NOT NULL;

-- Fields of the shop's own, and what they hold for a customer.
-- @log
CREATE TABLE custom_fields (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  name     TEXT NOT NULL CONSTRAINT field_name_length CHECK (length(name) BETWEEN 1 AND 60),
  type     TEXT NOT NULL DEFAULT 'text' CONSTRAINT field_type CHECK (
             type IN ('text', 'textarea', 'dropdown', 'checkbox', 'radio', 'multiselect')),
  choices  TEXT,             -- one a line, of dropdown, radio and multiselect
  required INTEGER NOT NULL DEFAULT 0 CONSTRAINT field_required CHECK (required IN (0, 1)),
  longest  INTEGER CONSTRAINT field_longest CHECK (longest BETWEEN 1 AND 100000), -- characters
  description TEXT,
  retired  INTEGER NOT NULL DEFAULT 0 CONSTRAINT field_retired CHECK (retired IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX one_field_per_name ON custom_fields (name);
-- @log subject=$.customer_id
CREATE TABLE field_values (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customers(id),
  field_id    INTEGER NOT NULL REFERENCES custom_fields(id),
  value       TEXT           -- personal:
) STRICT;
CREATE UNIQUE INDEX one_value_per_field ON field_values (customer_id, field_id);
CREATE INDEX values_by_field ON field_values (field_id);

-- Pairs of customers that look alike and were declared different: never offered as duplicates again.
-- @log subject=$.first_id
CREATE TABLE different_customers (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  first_id   INTEGER NOT NULL REFERENCES customers(id),
  second_id  INTEGER NOT NULL REFERENCES customers(id),
  decided_on TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  CONSTRAINT different_order CHECK (first_id < second_id)
) STRICT;
CREATE UNIQUE INDEX one_row_per_different_pair ON different_customers (first_id, second_id);
CREATE INDEX different_by_second ON different_customers (second_id);

-- Requests to be forgotten: asked for, due, done or refused; what is left of a person afterwards is this row.
-- @log subject=$.customer_id
CREATE TABLE erasures (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id  INTEGER NOT NULL REFERENCES customers(id),
  requested_on TEXT NOT NULL,
  due_on       TEXT NOT NULL, -- the day it is to be done by; later where the law keeps invoices
  erased_on    TEXT,
  withdrawn_on TEXT,
  recorded_at  TEXT NOT NULL,
  hashes       TEXT,          -- a salt and salted hashes of e-mail addresses and phones, where privacy.recognise_erased is on
  CONSTRAINT erasure_ends_once CHECK (erased_on IS NULL OR withdrawn_on IS NULL)
) STRICT;
CREATE UNIQUE INDEX one_open_erasure ON erasures (customer_id) WHERE erased_on IS NULL AND withdrawn_on IS NULL;

-- ====================================================================== what follows from the rows

-- A quote is active while it may still be accepted, and for as long as it holds a deposit; an order until everything
-- is delivered (shipped counts) and paid, and no home visit is open. What stands in the way of archiving, with the last day of a quote.
CREATE VIEW open_documents AS
SELECT id, customer_id, CASE WHEN ordered_on IS NULL THEN 'quote' ELSE 'order' END AS kind,
       CASE WHEN ordered_on IS NULL AND paid_cents + pending_cents = 0 THEN expires_on END AS open_until
FROM documents
WHERE (ordered_on IS NULL AND status NOT IN ('declined', 'deleted'))
   OR (ordered_on IS NOT NULL AND status NOT IN ('draft', 'canceled')
       AND ((open_lines > 0 AND status <> 'shipped') OR charged_cents > paid_cents
         OR EXISTS (SELECT 1 FROM payments p WHERE p.document_id = documents.id AND p.method = 'credit-line'
              AND p.status = 'confirmed' AND p.amount_cents > (SELECT coalesce(sum(r.amount_cents), 0)
                FROM line_repayments r WHERE r.payment_id = p.id AND r.status = 'confirmed'))
         OR EXISTS (SELECT 1 FROM visits v WHERE v.document_id = documents.id
              AND v.status NOT IN ('completed', 'canceled'))));

-- What is owed on credit lines: unpaid draws, and what is open of orders placed on account. The one definition of what
-- is used of a line. To find one customer's rows by index, SQLite wants columns of the same types in both parts (CAST),
-- and a sum over a subquery with a LIMIT.
CREATE VIEW credit_line_debts AS
SELECT p.customer_id, 'draw' AS kind, p.id AS payment, CASE WHEN d.ordered_on IS NULL THEN 'Q' ELSE 'O' END || d.id AS document,
       p.paid_on AS date, p.due_on AS due, p.terms_name AS terms, p.amount_cents AS amount,
       (SELECT coalesce(sum(r.amount_cents), 0) FROM line_repayments r WHERE r.payment_id = p.id
          AND r.status IN ('pending', 'confirmed')) AS paid,
       p.amount_cents - (SELECT coalesce(sum(r.amount_cents), 0) FROM line_repayments r WHERE r.payment_id = p.id
          AND r.status IN ('pending', 'confirmed')) AS owed, d.id AS document_id
FROM payments p JOIN documents d ON d.id = p.document_id
WHERE p.method = 'credit-line' AND p.status = 'confirmed'
  AND p.amount_cents > (SELECT coalesce(sum(r.amount_cents), 0) FROM line_repayments r WHERE r.payment_id = p.id
    AND r.status IN ('pending', 'confirmed'))
UNION ALL
SELECT d.customer_id, 'order', CAST(NULL AS INTEGER), 'O' || d.id, d.ordered_on, d.due_on, d.terms_name, d.charged_cents,
       d.paid_cents + d.pending_cents, d.charged_cents - d.paid_cents - d.pending_cents, d.id
FROM documents d
WHERE d.ordered_on IS NOT NULL AND d.status NOT IN ('draft', 'canceled')
  AND d.on_account = 1 AND d.charged_cents - d.paid_cents - d.pending_cents > 0;

CREATE TRIGGER archive_keeps_out BEFORE UPDATE OF status ON customers
WHEN NEW.status = 'archived' AND OLD.status <> 'archived' AND EXISTS (
  SELECT 1 FROM open_documents d WHERE d.customer_id = NEW.id
    AND (d.open_until IS NULL OR d.open_until >= coalesce((SELECT business_on FROM session), date('now'))))
BEGIN SELECT raise(ABORT, 'active_documents'); END;
CREATE TRIGGER document_of_archived BEFORE INSERT ON documents
WHEN (SELECT status FROM customers WHERE id = NEW.customer_id) <> 'active'
  AND NOT EXISTS (SELECT 1 FROM session WHERE purpose IN ('undo', 'load'))
BEGIN SELECT raise(ABORT, 'customer_not_active'); END;
CREATE TRIGGER number_for_life BEFORE UPDATE OF id ON customers WHEN NEW.id <> OLD.id
BEGIN SELECT raise(ABORT, 'number_for_life'); END;
CREATE TRIGGER invoice_number_for_life BEFORE UPDATE OF invoice_number ON documents
WHEN OLD.invoice_number IS NOT NULL AND NEW.invoice_number IS NOT OLD.invoice_number
BEGIN SELECT raise(ABORT, 'number_for_life'); END;
CREATE TRIGGER document_number_for_life BEFORE UPDATE OF id ON documents WHEN NEW.id <> OLD.id
BEGIN SELECT raise(ABORT, 'number_for_life'); END;

-- ====================================================================== what the ledgers defend by themselves

-- Rows of money stay as they were written: these columns never change, and a row goes away only where undo takes its
-- document away with it. How a row ended is added.
-- @ledger payments amount_cents, method, paid_on, recorded_at
-- @ledger refunds amount_cents, method, payment_id, refunded_on, recorded_at
-- @ledger adjustments amount_cents, kind, adjusted_on, recorded_at
-- @ledger returns discount_cents, delivery_cents, tax_cents, restocking_cents, returned_on, recorded_at
-- @ledger return_lines line_id, service_id, quantity, amount_cents
-- @ledger line_repayments amount_cents, method, paid_on, recorded_at

-- Up to the day of the setting books.closed_through nothing dated in these columns comes, goes or moves.
-- @closed documents ordered_on, invoiced_on, canceled_on
-- @closed line_services added_on
-- @closed payments paid_on, ended_on
-- @closed refunds refunded_on, ended_on
-- @closed adjustments adjusted_on, ended_on
-- @closed returns returned_on, ended_on
-- @closed line_repayments paid_on, ended_on
-- @closed wallet_entries entered_on
CREATE TRIGGER closed_totals AFTER UPDATE OF goods_cents, delivery_charge_cents, mileage_charge_cents,
  trip_charge_cents, shipping_charge_cents, rush_charge_cents, customer_discount_cents, rebate_cents, coupon_cents,
  gift_certificate_cents ON documents -- services that are sold with an order afterwards have a day of their own
WHEN NEW.total_cents - NEW.services_cents - NEW.tax_cents <> OLD.total_cents - OLD.services_cents - OLD.tax_cents
  AND OLD.status <> 'draft' AND NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
  AND OLD.ordered_on <= (SELECT value FROM settings WHERE key = 'books.closed_through')
BEGIN SELECT raise(ABORT, 'books_closed'); END;
CREATE TRIGGER closed_moves BEFORE UPDATE OF document_id ON payments
WHEN NEW.document_id <> OLD.document_id
  AND OLD.paid_on <= (SELECT value FROM settings WHERE key = 'books.closed_through')
BEGIN SELECT raise(ABORT, 'books_closed'); END;
CREATE TRIGGER books_reopen BEFORE UPDATE OF key, value ON settings
WHEN OLD.key = 'books.closed_through' AND (NEW.key <> OLD.key OR NEW.value < OLD.value) AND NOT EXISTS (SELECT 1 FROM reasoned)
BEGIN SELECT raise(ABORT, 'books_reopen'); END;
CREATE TRIGGER books_reopen_wholly BEFORE DELETE ON settings
WHEN OLD.key = 'books.closed_through' AND NOT EXISTS (SELECT 1 FROM reasoned)
BEGIN SELECT raise(ABORT, 'books_reopen'); END;

-- The change set under way, where a reason was given for it.
CREATE VIEW reasoned AS SELECT h.id FROM open_change h JOIN change_reasons r ON r.change_id = h.id;

-- Lines, and services on them, of which more was taken back than was sold: none.
CREATE VIEW above_sold AS
SELECT l.id AS line_id, l.document_id FROM document_lines l
WHERE (SELECT sum(b.quantity) FROM taken_back b WHERE b.line_id = l.id) > l.quantity
   OR (SELECT sum(b.amount_cents) FROM taken_back b WHERE b.line_id = l.id AND b.service_id IS NULL) > l.net_cents
UNION ALL
SELECT v.line_id, v.document_id FROM line_services v
WHERE (SELECT sum(b.amount_cents) FROM taken_back b WHERE b.service_id = v.id) > v.quantity * v.price_cents;

CREATE TRIGGER returned_above_sold AFTER INSERT ON return_lines
BEGIN SELECT raise(ABORT, 'returned_above_sold') FROM above_sold WHERE line_id = NEW.line_id; END;
CREATE TRIGGER returned_above_sold_again AFTER UPDATE OF ended_on ON returns WHEN NEW.ended_on IS NULL
BEGIN SELECT raise(ABORT, 'returned_above_sold') FROM above_sold WHERE document_id = NEW.document_id; END;
CREATE TRIGGER sold_below_returned AFTER UPDATE OF quantity, unit_price_cents, discount_rate, discount_cents ON document_lines
BEGIN SELECT raise(ABORT, 'returned_above_sold') FROM above_sold WHERE line_id = NEW.id; END;

CREATE TRIGGER paid_above_owed BEFORE INSERT ON payments
WHEN NEW.status IN ('pending', 'confirmed') AND NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  SELECT raise(ABORT, 'paid_above_owed') FROM documents
  WHERE id = NEW.document_id AND NEW.amount_cents > charged_cents - paid_cents - pending_cents;
END;
CREATE TRIGGER paid_above_owed_again BEFORE UPDATE OF status, document_id ON payments
WHEN NEW.status IN ('pending', 'confirmed')
  AND (OLD.status NOT IN ('pending', 'confirmed') OR NEW.document_id <> OLD.document_id)
BEGIN
  SELECT raise(ABORT, 'paid_above_owed') FROM documents
  WHERE id = NEW.document_id AND NEW.amount_cents > charged_cents - paid_cents - pending_cents;
END;
CREATE TRIGGER payment_stood_on BEFORE UPDATE OF status ON payments
WHEN OLD.status = 'confirmed' AND NEW.status <> 'confirmed' AND NOT EXISTS (SELECT 1 FROM session WHERE purpose = 'undo')
  AND (EXISTS (SELECT 1 FROM refunds WHERE payment_id = NEW.id AND ended_on IS NULL)
    OR EXISTS (SELECT 1 FROM line_repayments WHERE payment_id = NEW.id AND status IN ('pending', 'confirmed')))
BEGIN SELECT raise(ABORT, 'payment_stood_on'); END;

-- Who owes on whose credit line: a linked contact on that of the company.
CREATE VIEW credit_pools AS
SELECT c.id AS customer_id, coalesce(k.customer_id, c.id) AS holder_id
FROM customers c LEFT JOIN contacts k ON k.linked_id = c.id;
CREATE TRIGGER drawn_above_limit BEFORE INSERT ON payments
WHEN NEW.method = 'credit-line' AND NEW.status = 'confirmed' AND NOT EXISTS (SELECT 1 FROM reasoned)
  AND NOT EXISTS (SELECT 1 FROM session WHERE purpose <> 'change')
BEGIN
  SELECT raise(ABORT, 'drawn_above_limit') FROM credit_pools h
    LEFT JOIN credit_lines l ON l.customer_id = h.holder_id AND l.closed_on IS NULL
  WHERE h.customer_id = NEW.customer_id AND coalesce(l.limit_cents, 0) < NEW.amount_cents
    + (SELECT coalesce(sum(owed), 0) FROM (SELECT g.owed FROM credit_line_debts g
         WHERE g.customer_id IN (SELECT h.holder_id UNION ALL SELECT k.linked_id FROM contacts k
           WHERE k.customer_id = h.holder_id AND k.linked_id IS NOT NULL) LIMIT 1000000000))
    - coalesce((SELECT min(NEW.amount_cents, max(0, d.charged_cents - d.paid_cents - d.pending_cents)) FROM documents d
                WHERE d.id = NEW.document_id AND d.ordered_on IS NOT NULL AND d.on_account = 1), 0);
END;

CREATE TRIGGER refunded_above_paid BEFORE INSERT ON refunds
WHEN NEW.amount_cents
  + (SELECT coalesce(sum(amount_cents), 0) FROM refunds WHERE payment_id = NEW.payment_id AND ended_on IS NULL)
  > coalesce((SELECT amount_cents FROM payments WHERE id = NEW.payment_id AND status = 'confirmed'), 0)
BEGIN SELECT raise(ABORT, 'refunded_above_paid'); END;
CREATE TRIGGER refunded_above_paid_again AFTER UPDATE OF ended_on ON refunds
WHEN NEW.ended_on IS NULL
  AND (SELECT sum(amount_cents) FROM refunds WHERE payment_id = NEW.payment_id AND ended_on IS NULL)
  > coalesce((SELECT amount_cents FROM payments WHERE id = NEW.payment_id AND status = 'confirmed'), 0)
BEGIN SELECT raise(ABORT, 'refunded_above_paid'); END;

CREATE TRIGGER repaid_above_drawn AFTER INSERT ON line_repayments
WHEN NEW.status IN ('pending', 'confirmed')
BEGIN SELECT raise(ABORT, 'repaid_above_drawn') FROM above_drawn WHERE payment_id = NEW.payment_id; END;
CREATE TRIGGER repaid_above_drawn_again AFTER UPDATE OF status, payment_id ON line_repayments
WHEN NEW.status IN ('pending', 'confirmed')
BEGIN SELECT raise(ABORT, 'repaid_above_drawn') FROM above_drawn WHERE payment_id = NEW.payment_id; END;
-- Draws of which more was repaid than was drawn: none.
CREATE VIEW above_drawn AS
SELECT p.id AS payment_id FROM payments p
WHERE (SELECT coalesce(sum(r.amount_cents), 0) FROM line_repayments r
       WHERE r.payment_id = p.id AND r.status IN ('pending', 'confirmed'))
  > CASE WHEN p.method = 'credit-line' AND p.status = 'confirmed' THEN p.amount_cents ELSE 0 END;

-- ====================================================================== kept figures: what a million rows sort by

-- One row for each customer. The view below says what each figure is; triggers keep the two equal, `hub db check`
-- proves it.
CREATE TABLE customer_figures (
  customer_id          INTEGER PRIMARY KEY REFERENCES customers(id) ON DELETE CASCADE,
  stage                TEXT NOT NULL,    -- lead, first-time or repeat
  orders               INTEGER NOT NULL, -- orders neither draft nor canceled
  lifetime_value_cents INTEGER NOT NULL, -- their totals, tax included, less what was written off
  first_order_on       TEXT,
  last_order_on        TEXT,
  last_activity_on     TEXT,             -- latest of the record's own work, quotes, orders, deliveries, payments, notes, credit
  owed_cents           INTEGER NOT NULL, -- what is still to be paid on those orders
  credit_cents         INTEGER NOT NULL  -- customer credit: what the shop owes them
) STRICT;
CREATE INDEX figures_by_value ON customer_figures (lifetime_value_cents, customer_id);
CREATE INDEX figures_by_last_order ON customer_figures (last_order_on, customer_id);
CREATE INDEX figures_by_stage ON customer_figures (stage, customer_id);
CREATE INDEX figures_by_activity ON customer_figures (last_activity_on, customer_id);
CREATE INDEX figures_by_owed ON customer_figures (owed_cents, customer_id) WHERE owed_cents <> 0;

CREATE VIEW customer_figures_live AS
SELECT c.id AS customer_id,
       CASE WHEN (SELECT count(*) FROM documents d WHERE d.customer_id = c.id AND d.ordered_on IS NOT NULL
                    AND d.status NOT IN ('draft', 'canceled') AND d.opening = 0
                    AND (d.open_lines > 0 OR d.returned_lines = 0
                         OR d.returned_lines < (SELECT count(*) FROM document_lines l WHERE l.document_id = d.id))
                    AND (d.swap_of IS NULL -- the first swap stands in for an order that is returned altogether
                         OR (EXISTS (SELECT 1 FROM documents o WHERE o.id = d.swap_of AND o.open_lines = 0
                               AND o.returned_lines = (SELECT count(*) FROM document_lines l WHERE l.document_id = o.id))
                             AND NOT EXISTS (SELECT 1 FROM documents x WHERE x.customer_id = d.customer_id
                               AND x.swap_of = d.swap_of AND x.id < d.id AND x.status <> 'canceled')))) >= 2
            THEN 'repeat'
            WHEN EXISTS (SELECT 1 FROM documents d WHERE d.customer_id = c.id AND d.ordered_on IS NOT NULL
                           AND d.status <> 'draft' AND d.opening = 0) THEN 'first-time'
            ELSE 'lead' END AS stage,
       (SELECT count(*) FROM documents d WHERE d.customer_id = c.id AND d.ordered_on IS NOT NULL
          AND d.status NOT IN ('draft', 'canceled') AND d.swap_of IS NULL AND d.opening = 0) AS orders,
       (SELECT coalesce(sum(charged_cents - written_off_cents), 0) FROM documents d WHERE d.customer_id = c.id
          AND d.ordered_on IS NOT NULL AND d.status NOT IN ('draft', 'canceled') AND d.opening = 0) AS lifetime_value_cents,
       (SELECT min(ordered_on) FROM documents d WHERE d.customer_id = c.id AND d.ordered_on IS NOT NULL
          AND d.status NOT IN ('draft', 'canceled') AND d.opening = 0) AS first_order_on,
       (SELECT max(ordered_on) FROM documents d WHERE d.customer_id = c.id AND d.ordered_on IS NOT NULL
          AND d.status NOT IN ('draft', 'canceled') AND d.opening = 0) AS last_order_on,
       nullif(max(
           coalesce(c.touched_on, ''),
           coalesce((SELECT max(coalesce(ordered_on, quoted_on)) FROM documents d WHERE d.customer_id = c.id), ''),
           coalesce((SELECT max(l.delivered_on) FROM documents d JOIN document_lines l ON l.document_id = d.id
                     WHERE d.customer_id = c.id), ''),
           coalesce((SELECT max(paid_on) FROM payments p WHERE p.customer_id = c.id), ''),
           coalesce((SELECT max(written_on) FROM notes n WHERE n.customer_id = c.id), ''),
           coalesce((SELECT max(coalesce(completed_on, created_on)) FROM visits v WHERE v.customer_id = c.id), ''),
           coalesce((SELECT max(entered_on) FROM wallet_entries w WHERE w.customer_id = c.id), '')), '') AS last_activity_on,
       (SELECT coalesce(sum(charged_cents - paid_cents - pending_cents), 0) FROM documents d WHERE d.customer_id = c.id
          AND d.ordered_on IS NOT NULL AND d.status NOT IN ('draft', 'canceled')) AS owed_cents,
       (SELECT coalesce(sum(amount_cents), 0) FROM wallet_entries w WHERE w.customer_id = c.id) AS credit_cents
FROM customers c;

-- What each document's kept columns are: its lines and payments added up.
CREATE VIEW document_figures_live AS
SELECT d.id AS document_id,
       (SELECT coalesce(sum(net_cents), 0) FROM document_lines l WHERE l.document_id = d.id) AS goods_cents,
       (SELECT coalesce(sum(quantity * price_cents), 0) FROM line_services v WHERE v.document_id = d.id) AS services_cents,
       (SELECT coalesce(sum(amount_cents), 0) FROM taken_back r WHERE r.document_id = d.id)
         + (SELECT coalesce(sum(delivery_cents + tax_cents - discount_cents - restocking_cents), 0)
            FROM returns r WHERE r.document_id = d.id AND r.ended_on IS NULL) AS returned_cents,
       (SELECT coalesce(sum(amount_cents), 0) FROM adjustments a
        WHERE a.document_id = d.id AND a.ended_on IS NULL) AS adjusted_cents,
       (SELECT coalesce(sum(amount_cents), 0) FROM payments p WHERE p.document_id = d.id AND p.status = 'confirmed')
         - (SELECT coalesce(sum(amount_cents), 0) FROM refunds r
            WHERE r.document_id = d.id AND r.ended_on IS NULL) AS paid_cents,
       (SELECT coalesce(sum(amount_cents), 0) FROM payments p WHERE p.document_id = d.id
          AND p.status = 'pending') AS pending_cents,
       (SELECT coalesce(sum(amount_cents), 0) FROM payments p WHERE p.document_id = d.id
          AND p.status = 'confirmed' AND p.method = 'write-off')
         - (SELECT coalesce(sum(amount_cents), 0) FROM refunds r WHERE r.document_id = d.id
              AND r.method = 'write-off' AND r.ended_on IS NULL) AS written_off_cents,
       (SELECT count(*) FROM document_lines l WHERE l.document_id = d.id
          AND l.delivery_status NOT IN ('delivered', 'returned')) AS open_lines,
       (SELECT count(*) FROM document_lines l WHERE l.document_id = d.id
          AND l.delivery_status = 'returned') AS returned_lines
FROM documents d;

CREATE TRIGGER figures_of_new_customer AFTER INSERT ON customers
WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  INSERT INTO customer_figures SELECT * FROM customer_figures_live WHERE customer_id = NEW.id;
END;
CREATE TRIGGER figures_of_deleted_customer BEFORE DELETE ON customers
BEGIN DELETE FROM customer_figures WHERE customer_id = OLD.id; END;
CREATE VIEW customer_to_refresh AS SELECT 0 AS id;
CREATE TRIGGER refresh_customer INSTEAD OF INSERT ON customer_to_refresh
BEGIN
  -- Only what differs is written, and apart: each column written would write its index too. LIMIT: worked out once.
  UPDATE customer_figures SET stage = l.stage, orders = l.orders, lifetime_value_cents = l.lifetime_value_cents,
      first_order_on = l.first_order_on, last_order_on = l.last_order_on
    FROM (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on FROM customer_figures_live
          WHERE customer_id = NEW.id LIMIT 1) l
    WHERE customer_id = NEW.id
      AND (customer_figures.stage, customer_figures.orders, customer_figures.lifetime_value_cents,
           customer_figures.first_order_on, customer_figures.last_order_on)
        IS NOT (l.stage, l.orders, l.lifetime_value_cents, l.first_order_on, l.last_order_on);
  UPDATE customer_figures SET last_activity_on = l.last_activity_on
    FROM (SELECT last_activity_on FROM customer_figures_live WHERE customer_id = NEW.id LIMIT 1) l
    WHERE customer_id = NEW.id AND customer_figures.last_activity_on IS NOT l.last_activity_on;
  UPDATE customer_figures SET owed_cents = l.owed_cents, credit_cents = l.credit_cents
    FROM (SELECT owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = NEW.id LIMIT 1) l
    WHERE customer_id = NEW.id AND (customer_figures.owed_cents, customer_figures.credit_cents) IS NOT (l.owed_cents, l.credit_cents);
END;
CREATE TRIGGER figures_of_touched AFTER UPDATE OF touched_on ON customers
WHEN NEW.touched_on IS NOT OLD.touched_on AND NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customer_figures SET last_activity_on = NEW.touched_on
    WHERE customer_id = NEW.id AND NEW.touched_on > coalesce(last_activity_on, '');
  INSERT INTO customer_to_refresh SELECT NEW.id WHERE coalesce(NEW.touched_on, '') < coalesce(OLD.touched_on, '');
END;
-- @figures documents INSERT, DELETE, UPDATE OF customer_id, status, quoted_on, ordered_on, swap_of, opening, goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines, delivery_charge_cents, mileage_charge_cents, trip_charge_cents, shipping_charge_cents, rush_charge_cents, customer_discount_cents, rebate_cents, coupon_cents, gift_certificate_cents, tax_cents
-- @figures payments INSERT, DELETE, UPDATE OF customer_id, paid_on
-- @figures notes INSERT, DELETE, UPDATE OF customer_id, written_on
-- @figures visits INSERT, DELETE, UPDATE OF customer_id, completed_on
-- @figures wallet_entries INSERT, DELETE, UPDATE OF customer_id, entered_on

-- A line or a payment changed: its document is added up again, which in turn brings the customer's figures up.
CREATE VIEW document_to_refresh AS SELECT 0 AS id;
CREATE TRIGGER refresh_document INSTEAD OF INSERT ON document_to_refresh
BEGIN
  UPDATE documents SET goods_cents = l.goods_cents, services_cents = l.services_cents,
      returned_cents = l.returned_cents, adjusted_cents = l.adjusted_cents, paid_cents = l.paid_cents,
      pending_cents = l.pending_cents, written_off_cents = l.written_off_cents, open_lines = l.open_lines,
      returned_lines = l.returned_lines
    FROM (SELECT * FROM document_figures_live WHERE document_id = NEW.id LIMIT 1) l
    WHERE id = NEW.id
      AND (documents.goods_cents, documents.services_cents, documents.returned_cents, documents.adjusted_cents,
           documents.paid_cents, documents.pending_cents, documents.written_off_cents, documents.open_lines,
           documents.returned_lines)
        IS NOT (l.goods_cents, l.services_cents, l.returned_cents, l.adjusted_cents, l.paid_cents, l.pending_cents,
        l.written_off_cents, l.open_lines, l.returned_lines);
END;
-- @sums document_lines INSERT, DELETE, UPDATE OF document_id, quantity, unit_price_cents, discount_rate, discount_cents, delivery_status, delivered_on
-- @sums line_services INSERT, DELETE, UPDATE OF document_id, quantity, price_cents
-- @sums return_lines INSERT, DELETE
-- @sums returns INSERT, DELETE, UPDATE OF ended_on
-- @sums adjustments INSERT, DELETE, UPDATE OF ended_on
-- @sums refunds INSERT, DELETE, UPDATE OF ended_on
-- @sums payments INSERT, DELETE, UPDATE OF document_id, status, method, amount_cents

-- ====================================================================== search (this part is SQLite's own)

-- Folded text of each customer (names, e-mails, digits of phones, contacts) in trigrams: finds any part of a word,
-- whatever the case or the accents. hub folds and fills it before each commit; rows that other SQL wrote wait with an
-- empty sort_name until hub runs next. Nothing is ranked, so how long a text is need not be kept (columnsize).
CREATE VIRTUAL TABLE customer_search USING fts5(folded, tokenize = 'trigram', detail = 'none', columnsize = 0);

-- Customers that were removed and whose words hub takes out of the index before the commit.
CREATE TABLE search_gone (
  customer_id INTEGER PRIMARY KEY
) STRICT;

-- Each pair of model and description once: text search goes from here to the lines.
CREATE TABLE line_terms (
  id          INTEGER PRIMARY KEY,
  model       TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  folded      TEXT,          -- kept: none while the search index waits for this row
  model_key   TEXT GENERATED ALWAYS AS (upper(model)) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX one_term ON line_terms (model, description);
CREATE INDEX terms_waiting ON line_terms (id) WHERE folded IS NULL;

CREATE TRIGGER search_customer AFTER UPDATE OF kind, company_name, first_name, last_name, email, mobile_key, home_key,
  alternate_key, building_code ON customers WHEN NEW.sort_name IS NOT NULL
BEGIN UPDATE customers SET sort_name = NULL WHERE id = NEW.id; END;
CREATE TRIGGER search_forgets AFTER DELETE ON customers
BEGIN INSERT INTO search_gone (customer_id) VALUES (OLD.id); END;
CREATE TRIGGER search_address AFTER UPDATE OF line1, line2, city ON addresses WHEN NEW.street_key IS NOT NULL
BEGIN UPDATE addresses SET street_key = NULL, city_key = NULL WHERE id = NEW.id; END;
-- @search contacts INSERT, DELETE, UPDATE OF customer_id, first_name, last_name, phone_key, email
-- @search billing_emails INSERT, DELETE, UPDATE OF customer_id, email
CREATE TRIGGER search_line AFTER INSERT ON document_lines WHEN NEW.term_id IS NULL
BEGIN
  INSERT INTO line_terms (model, description) SELECT NEW.model, coalesce(NEW.description, '')
    WHERE NOT EXISTS (SELECT 1 FROM line_terms WHERE model = NEW.model AND description = coalesce(NEW.description, ''));
  UPDATE document_lines SET term_id = (SELECT id FROM line_terms WHERE model = NEW.model
    AND description = coalesce(NEW.description, '')) WHERE id = NEW.id;
END;
CREATE TRIGGER search_line_again AFTER UPDATE OF model, description ON document_lines
BEGIN
  INSERT INTO line_terms (model, description) SELECT NEW.model, coalesce(NEW.description, '')
    WHERE NOT EXISTS (SELECT 1 FROM line_terms WHERE model = NEW.model AND description = coalesce(NEW.description, ''));
  UPDATE document_lines SET term_id = (SELECT id FROM line_terms WHERE model = NEW.model
    AND description = coalesce(NEW.description, '')) WHERE id = NEW.id;
END;
