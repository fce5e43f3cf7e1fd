-- The whole of schema 2 as hub laid it, triggers included; old files are upgraded from here in tests.
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
-- A rule with a name is refused under that name wherever it is broken: in hub, in a script, in the sqlite3 shell.

-- ====================================================================== the file itself

-- What this file is: its identity, when and by which hub it was made.
CREATE TABLE meta (
  key   TEXT NOT NULL PRIMARY KEY,  -- uuid, created_at, created_by
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

-- Who is writing right now: one row while a change is under way, none in every committed state.
CREATE TABLE session (
  id          INTEGER PRIMARY KEY CONSTRAINT one_session CHECK (id = 1),
  business_on TEXT NOT NULL,                -- the day that dated rules read ("today")
  at          TEXT NOT NULL,                -- the real clock, UTC
  actor       TEXT NOT NULL,                -- who is answerable
  purpose     TEXT NOT NULL,                -- change, undo, erase or load
  bulk        INTEGER NOT NULL DEFAULT 0,   -- 1: kept figures are worked out once at the end, for all rows
  unlogged    INTEGER NOT NULL DEFAULT 0    -- 1: an opening state that the log does not itemise
) STRICT;

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
  seal          TEXT                        -- chains this header and its entries to the change set before
) STRICT;
CREATE UNIQUE INDEX one_unsealed_change ON changes (coalesce(seal, '')) WHERE seal IS NULL;
CREATE INDEX changes_undoes ON changes (undoes) WHERE undoes IS NOT NULL;

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
  operation TEXT NOT NULL CONSTRAINT log_operation CHECK (operation IN ('insert', 'update', 'delete')),
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
CREATE TRIGGER changelog_stays BEFORE UPDATE ON changelog
WHEN coalesce((SELECT purpose FROM session), '') <> 'erase' OR NEW.digest IS NULL OR NEW.old IS NOT NULL
  OR NEW.new IS NOT NULL OR NEW.seq <> OLD.seq OR NEW.change_id <> OLD.change_id
BEGIN SELECT raise(ABORT, 'log_append_only'); END;
CREATE TRIGGER changelog_remains BEFORE DELETE ON changelog
BEGIN SELECT raise(ABORT, 'log_append_only'); END;
CREATE TRIGGER changelog_once BEFORE INSERT ON changelog -- a number that SQLite chooses is -1 here, and free
WHEN NEW.seq > 0 AND EXISTS (SELECT 1 FROM changelog WHERE seq = NEW.seq)
BEGIN SELECT raise(ABORT, 'log_append_only'); END;

-- Other SQL than hub's writes here first: it opens the change set that hub seals when it runs next. The one place
-- where SQL asks the clock.
CREATE VIEW outside_change AS SELECT 0 AS opened;
CREATE TRIGGER change_from_outside INSTEAD OF INSERT ON outside_change
BEGIN
  INSERT INTO changes (business_on, recorded_at, actor, command, outside)
    SELECT date('now'), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'outside hub', 'sql', 1
    WHERE NOT EXISTS (SELECT 1 FROM changes WHERE seal IS NULL);
END;

-- ====================================================================== people

-- Who works here: account managers, salespeople, authors.
-- @log
CREATE TABLE staff (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  login  TEXT NOT NULL COLLATE NOCASE CONSTRAINT staff_login CHECK (length(login) BETWEEN 1 AND 60),
  name   TEXT NOT NULL,
  active INTEGER NOT NULL DEFAULT 1 CONSTRAINT staff_active CHECK (active IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX one_staff_per_login ON staff (login);

-- Everyone who buys, or may buy: a person or a company, in one number space (C1042 is row 1042).
-- @log subject=$.id
CREATE TABLE customers (
  id              INTEGER PRIMARY KEY AUTOINCREMENT, -- the C number; never reused
  kind            TEXT NOT NULL DEFAULT 'individual'
                  CONSTRAINT customer_kind CHECK (kind IN ('individual', 'company')),
  status          TEXT NOT NULL DEFAULT 'active'     -- archived is refused while a quote or an order is active
                  CONSTRAINT customer_status CHECK (status IN ('active', 'archived', 'deleted', 'spam', 'purged')),
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
                  CONSTRAINT customer_type CHECK (type IN ('luxury', 'average', 'budget-friendly')),
  source          TEXT       -- where the first contact was made
                  CONSTRAINT customer_source CHECK (source IN ('website', 'in-store')),
  found_us        TEXT,      -- how they heard of the shop
  manager_id      INTEGER REFERENCES staff(id),      -- account manager
  tax_exempt      INTEGER NOT NULL DEFAULT 0 CONSTRAINT customer_tax_exempt CHECK (tax_exempt IN (0, 1)),
  on_hold         INTEGER NOT NULL DEFAULT 0 CONSTRAINT customer_on_hold CHECK (on_hold IN (0, 1)),  -- may not buy
  consent         INTEGER    CONSTRAINT customer_consent CHECK (consent IN (0, 1)), -- to the use of personal data; none: not asked
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
  kind        TEXT NOT NULL CONSTRAINT address_kind CHECK (kind IN ('billing', 'delivery', 'former')),
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

-- People to call besides the customer: a spouse, a site foreman.
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
  type         TEXT,         -- such as emergency, site, accounts
  CONSTRAINT contact_without_name CHECK (coalesce(first_name, last_name, phone, email) IS NOT NULL)
) STRICT;
CREATE INDEX contacts_by_customer ON contacts (customer_id);

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
  type        TEXT NOT NULL CONSTRAINT note_type CHECK (type IN ('delivery', 'internal', 'customer')),
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
  note         TEXT,         -- personal:
  entered_on   TEXT NOT NULL,
  recorded_at  TEXT NOT NULL
) STRICT;
CREATE INDEX wallet_by_customer ON wallet_entries (customer_id, id);
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
                 CONSTRAINT document_class CHECK (class IN ('retail', 'web', 'trade', 'project')),
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
         THEN status IN ('draft', 'saved', 'awaiting-approval', 'approved', 'declined', 'deleted')
         ELSE status IN ('draft', 'saved', 'awaiting-payment', 'in-production', 'shipped', 'canceled') END),
  CONSTRAINT document_days CHECK (expires_on >= quoted_on AND ordered_on >= quoted_on AND shipped_on >= ordered_on)
) STRICT;
CREATE INDEX documents_by_customer ON documents (customer_id, ordered_on);
CREATE UNIQUE INDEX one_invoice_per_number ON documents (invoice_number) WHERE invoice_number IS NOT NULL;
CREATE INDEX invoices_by_due_day ON documents (due_on, customer_id) WHERE invoiced_on IS NOT NULL;
CREATE INDEX orders_by_day ON documents (ordered_on, customer_id) WHERE ordered_on IS NOT NULL;
CREATE INDEX open_orders ON documents (customer_id) WHERE ordered_on IS NOT NULL AND status NOT IN ('draft', 'canceled');
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
                     delivery_status IN ('open', 'scheduled', 'in-transit', 'delivered', 'returned')),
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
  term_id          INTEGER REFERENCES line_terms(id),  -- kept: its words in the search index
  net_cents        INTEGER GENERATED ALWAYS AS (      -- rounded half up, once
                     (quantity * unit_price_cents * (10000 - discount_rate) + 5000) / 10000 - discount_cents) VIRTUAL,
  CONSTRAINT line_below_zero CHECK (discount_cents <= quantity * unit_price_cents)
) STRICT;
CREATE UNIQUE INDEX one_line_per_number ON document_lines (document_id, line);
CREATE INDEX lines_by_term ON document_lines (term_id, document_id);

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
  returned    INTEGER NOT NULL DEFAULT 0 -- kept: 1 once it was taken back
) STRICT;
CREATE INDEX services_by_line ON line_services (line_id);
CREATE INDEX services_by_document ON line_services (document_id);

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
                 status IN ('pending', 'confirmed', 'rejected', 'incomplete', 'void')),
  amount_cents INTEGER NOT NULL CONSTRAINT payment_amount CHECK (amount_cents BETWEEN 1 AND 1000000000000000),
  paid_on      TEXT NOT NULL,
  reference    TEXT,         -- personal: check number, approval code, transaction id
  note         TEXT,         -- personal:
  term         TEXT,         -- of financing
  promo_code   TEXT,         -- of financing
  authorization_code TEXT,   -- of financing
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
  reason       TEXT NOT NULL CONSTRAINT refund_reason CHECK (reason <> ''),
  note         TEXT,         -- personal:
  refunded_on  TEXT NOT NULL,
  ended_on     TEXT,         -- the day it was taken back; before that day it still counts
  recorded_at  TEXT NOT NULL
) STRICT;
CREATE INDEX refunds_by_document ON refunds (document_id);
CREATE INDEX refunds_by_payment ON refunds (payment_id);

-- Taken off (or, below zero, put on) a document afterwards: goods stay, the customer owes less.
-- @log subject=$.customer_id
CREATE TABLE adjustments (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id  INTEGER NOT NULL REFERENCES customers(id),
  document_id  INTEGER NOT NULL REFERENCES documents(id),
  line_id      INTEGER REFERENCES document_lines(id),
  kind         TEXT NOT NULL CONSTRAINT adjustment_kind CHECK (kind IN ('allowance', 'refund-credit', 'cancel', 'bounce-fee')),
  amount_cents INTEGER NOT NULL CONSTRAINT adjustment_amount CHECK (amount_cents <> 0),
  reason       TEXT NOT NULL CONSTRAINT adjustment_reason CHECK (reason <> ''),
  adjusted_on  TEXT NOT NULL,
  ended_on     TEXT,         -- the day it was taken back; before that day it still counts
  recorded_at  TEXT NOT NULL
) STRICT;
CREATE INDEX adjustments_by_document ON adjustments (document_id);

-- Goods and services taken back. What it gives back is its parts less the restocking fee; where the money went stands
-- in refunds, in customer credit and in repayments of the credit line.
-- @log subject=$.customer_id
CREATE TABLE returns (
  id               INTEGER PRIMARY KEY AUTOINCREMENT, -- the R number
  customer_id      INTEGER NOT NULL REFERENCES customers(id),
  document_id      INTEGER NOT NULL REFERENCES documents(id),
  returned_on      TEXT NOT NULL,
  reason           TEXT NOT NULL CONSTRAINT return_reason CHECK (reason <> ''),
  discount_cents   INTEGER NOT NULL DEFAULT 0, -- the share of the document's discounts that the goods had
  delivery_cents   INTEGER NOT NULL DEFAULT 0 CONSTRAINT return_delivery CHECK (delivery_cents >= 0),
  tax_cents        INTEGER NOT NULL DEFAULT 0 CONSTRAINT return_tax CHECK (tax_cents >= 0),
  restocking_cents INTEGER NOT NULL DEFAULT 0 CONSTRAINT return_restocking CHECK (restocking_cents >= 0),
  ended_on         TEXT,         -- the day it was taken back; before that day it still counts
  recorded_at      TEXT NOT NULL
) STRICT;
CREATE INDEX returns_by_document ON returns (document_id);

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

-- A quote is active while it may still be accepted, and for as long as it holds a deposit; an order until everything
-- is delivered (shipped counts) and paid. What stands in the way of archiving, with the last day of a quote.
CREATE VIEW open_documents AS
SELECT id, customer_id, CASE WHEN ordered_on IS NULL THEN 'quote' ELSE 'order' END AS kind,
       CASE WHEN ordered_on IS NULL AND paid_cents + pending_cents = 0 THEN expires_on END AS open_until
FROM documents
WHERE (ordered_on IS NULL AND status NOT IN ('declined', 'deleted'))
   OR (ordered_on IS NOT NULL AND status NOT IN ('draft', 'canceled')
       AND ((open_lines > 0 AND status <> 'shipped') OR charged_cents > paid_cents
         OR EXISTS (SELECT 1 FROM payments p WHERE p.document_id = documents.id AND p.method = 'credit-line'
              AND p.status = 'confirmed' AND p.amount_cents > (SELECT coalesce(sum(r.amount_cents), 0)
                FROM line_repayments r WHERE r.payment_id = p.id AND r.status = 'confirmed'))));

-- What is owed on credit lines: unpaid draws, and what is open of orders placed on account. The one definition of what
-- is used of a line.
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
SELECT d.customer_id, 'order', NULL, 'O' || d.id, d.ordered_on, d.due_on, d.terms_name, d.charged_cents,
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
                    AND d.status NOT IN ('draft', 'canceled') AND d.swap_of IS NULL
                    AND (d.open_lines > 0 OR d.returned_lines = 0
                         OR d.returned_lines < (SELECT count(*) FROM document_lines l WHERE l.document_id = d.id))) >= 2
            THEN 'repeat'
            WHEN EXISTS (SELECT 1 FROM documents d WHERE d.customer_id = c.id AND d.ordered_on IS NOT NULL
                           AND d.status <> 'draft') THEN 'first-time'
            ELSE 'lead' END AS stage,
       (SELECT count(*) FROM documents d WHERE d.customer_id = c.id AND d.ordered_on IS NOT NULL
          AND d.status NOT IN ('draft', 'canceled') AND d.swap_of IS NULL) AS orders,
       (SELECT coalesce(sum(charged_cents - written_off_cents), 0) FROM documents d WHERE d.customer_id = c.id
          AND d.ordered_on IS NOT NULL AND d.status NOT IN ('draft', 'canceled')) AS lifetime_value_cents,
       (SELECT min(ordered_on) FROM documents d WHERE d.customer_id = c.id AND d.ordered_on IS NOT NULL
          AND d.status NOT IN ('draft', 'canceled')) AS first_order_on,
       (SELECT max(ordered_on) FROM documents d WHERE d.customer_id = c.id AND d.ordered_on IS NOT NULL
          AND d.status NOT IN ('draft', 'canceled')) AS last_order_on,
       nullif(max(
           coalesce(c.touched_on, ''),
           coalesce((SELECT max(coalesce(ordered_on, quoted_on)) FROM documents d WHERE d.customer_id = c.id), ''),
           coalesce((SELECT max(l.delivered_on) FROM documents d JOIN document_lines l ON l.document_id = d.id
                     WHERE d.customer_id = c.id), ''),
           coalesce((SELECT max(paid_on) FROM payments p WHERE p.customer_id = c.id), ''),
           coalesce((SELECT max(written_on) FROM notes n WHERE n.customer_id = c.id), ''),
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
-- @figures customers UPDATE OF touched_on
-- @figures documents INSERT, DELETE, UPDATE OF customer_id, status, quoted_on, ordered_on, swap_of, goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines, delivery_charge_cents, mileage_charge_cents, trip_charge_cents, shipping_charge_cents, rush_charge_cents, customer_discount_cents, rebate_cents, coupon_cents, gift_certificate_cents, tax_cents
-- @figures payments INSERT, DELETE, UPDATE OF customer_id, paid_on
-- @figures notes INSERT, DELETE, UPDATE OF customer_id, written_on
-- @figures wallet_entries INSERT, DELETE, UPDATE OF customer_id, entered_on

-- A line or a payment changed: its document is added up again, which in turn brings the customer's figures up.
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
-- empty sort_name until hub runs next.
CREATE VIRTUAL TABLE customer_search USING fts5(folded, tokenize = 'trigram', detail = 'none');

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

CREATE TRIGGER log_settings_insert AFTER INSERT ON settings WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'settings', NEW.id, NULL,
           coalesce('key=' || nullif(quote(NEW.key), 'NULL') || ',', '') || coalesce('value=' || nullif(quote(NEW.value), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_settings_update AFTER UPDATE OF key, value ON settings WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'settings', NEW.id, NULL, column1, column2, column3, column4
    FROM changes, (VALUES ('key',quote(OLD.key),quote(NEW.key),0),
('value',quote(OLD.value),quote(NEW.value),0))
    WHERE seal IS NULL AND column2 IS NOT column3;
END;

CREATE TRIGGER log_settings_delete BEFORE DELETE ON settings WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'settings', OLD.id, NULL,
           coalesce('key=' || nullif(quote(OLD.key), 'NULL') || ',', '') || coalesce('value=' || nullif(quote(OLD.value), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_settings_insert BEFORE INSERT ON settings WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM settings WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM settings WHERE key = NEW.key);
END;

CREATE TRIGGER guard_settings_update BEFORE UPDATE ON settings WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM settings WHERE id = NEW.id AND id <> OLD.id) OR EXISTS (SELECT 1 FROM settings WHERE key = NEW.key AND id <> OLD.id);
END;

CREATE TRIGGER guard_settings_delete BEFORE DELETE ON settings WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
END;

CREATE TRIGGER log_staff_insert AFTER INSERT ON staff WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'staff', NEW.id, NULL,
           coalesce('login=' || nullif(quote(NEW.login), 'NULL') || ',', '') || coalesce('name=' || nullif(quote(NEW.name), 'NULL') || ',', '') || coalesce('active=' || nullif(quote(NEW.active), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_staff_update AFTER UPDATE OF login, name, active ON staff WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'staff', NEW.id, NULL, column1, column2, column3, column4
    FROM changes, (VALUES ('login',quote(OLD.login),quote(NEW.login),0),
('name',quote(OLD.name),quote(NEW.name),0),
('active',quote(OLD.active),quote(NEW.active),0))
    WHERE seal IS NULL AND column2 IS NOT column3;
END;

CREATE TRIGGER log_staff_delete BEFORE DELETE ON staff WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'staff', OLD.id, NULL,
           coalesce('login=' || nullif(quote(OLD.login), 'NULL') || ',', '') || coalesce('name=' || nullif(quote(OLD.name), 'NULL') || ',', '') || coalesce('active=' || nullif(quote(OLD.active), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_staff_insert BEFORE INSERT ON staff WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM staff WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM staff WHERE login = NEW.login);
END;

CREATE TRIGGER guard_staff_update BEFORE UPDATE ON staff WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM staff WHERE id = NEW.id AND id <> OLD.id) OR EXISTS (SELECT 1 FROM staff WHERE login = NEW.login AND id <> OLD.id);
END;

CREATE TRIGGER guard_staff_delete BEFORE DELETE ON staff WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'still_referred') WHERE EXISTS (SELECT 1 FROM customers WHERE manager_id = OLD.id) OR EXISTS (SELECT 1 FROM documents WHERE salesperson_id = OLD.id);
END;

CREATE TRIGGER log_customers_insert AFTER INSERT ON customers WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'customers', NEW.id, NEW.id,
           coalesce('kind=' || nullif(quote(NEW.kind), 'NULL') || ',', '') || coalesce('status=' || nullif(quote(NEW.status), 'NULL') || ',', '') || coalesce('type=' || nullif(quote(NEW.type), 'NULL') || ',', '') || coalesce('source=' || nullif(quote(NEW.source), 'NULL') || ',', '') || coalesce('found_us=' || nullif(quote(NEW.found_us), 'NULL') || ',', '') || coalesce('manager_id=' || nullif(quote(NEW.manager_id), 'NULL') || ',', '') || coalesce('tax_exempt=' || nullif(quote(NEW.tax_exempt), 'NULL') || ',', '') || coalesce('on_hold=' || nullif(quote(NEW.on_hold), 'NULL') || ',', '') || coalesce('consent=' || nullif(quote(NEW.consent), 'NULL') || ',', '') || coalesce('created_at=' || nullif(quote(NEW.created_at), 'NULL') || ',', '') || coalesce('archived_at=' || nullif(quote(NEW.archived_at), 'NULL') || ',', '') || coalesce('archived_by=' || nullif(quote(NEW.archived_by), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'customers', NEW.id, NEW.id,
           coalesce('company_name=' || nullif(quote(NEW.company_name), 'NULL') || ',', '') || coalesce('first_name=' || nullif(quote(NEW.first_name), 'NULL') || ',', '') || coalesce('last_name=' || nullif(quote(NEW.last_name), 'NULL') || ',', '') || coalesce('building_code=' || nullif(quote(NEW.building_code), 'NULL') || ',', '') || coalesce('mobile_phone=' || nullif(quote(NEW.mobile_phone), 'NULL') || ',', '') || coalesce('mobile_key=' || nullif(quote(NEW.mobile_key), 'NULL') || ',', '') || coalesce('home_phone=' || nullif(quote(NEW.home_phone), 'NULL') || ',', '') || coalesce('home_key=' || nullif(quote(NEW.home_key), 'NULL') || ',', '') || coalesce('alternate_phone=' || nullif(quote(NEW.alternate_phone), 'NULL') || ',', '') || coalesce('alternate_key=' || nullif(quote(NEW.alternate_key), 'NULL') || ',', '') || coalesce('email=' || nullif(quote(NEW.email), 'NULL') || ',', '') || coalesce('email_key=' || nullif(quote(NEW.email_key), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_customers_update AFTER UPDATE OF kind, status, company_name, first_name, last_name, building_code, mobile_phone, mobile_key, home_phone, home_key, alternate_phone, alternate_key, email, email_key, type, source, found_us, manager_id, tax_exempt, on_hold, consent, created_at, archived_at, archived_by ON customers WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'customers', NEW.id, NEW.id, column1, column2, column3, column4
    FROM changes, (VALUES ('kind',quote(OLD.kind),quote(NEW.kind),0),
('status',quote(OLD.status),quote(NEW.status),0),
('company_name',quote(OLD.company_name),quote(NEW.company_name),1),
('first_name',quote(OLD.first_name),quote(NEW.first_name),1),
('last_name',quote(OLD.last_name),quote(NEW.last_name),1),
('building_code',quote(OLD.building_code),quote(NEW.building_code),1),
('mobile_phone',quote(OLD.mobile_phone),quote(NEW.mobile_phone),1),
('mobile_key',quote(OLD.mobile_key),quote(NEW.mobile_key),1),
('home_phone',quote(OLD.home_phone),quote(NEW.home_phone),1),
('home_key',quote(OLD.home_key),quote(NEW.home_key),1),
('alternate_phone',quote(OLD.alternate_phone),quote(NEW.alternate_phone),1),
('alternate_key',quote(OLD.alternate_key),quote(NEW.alternate_key),1),
('email',quote(OLD.email),quote(NEW.email),1),
('email_key',quote(OLD.email_key),quote(NEW.email_key),1),
('type',quote(OLD.type),quote(NEW.type),0),
('source',quote(OLD.source),quote(NEW.source),0),
('found_us',quote(OLD.found_us),quote(NEW.found_us),0),
('manager_id',quote(OLD.manager_id),quote(NEW.manager_id),0),
('tax_exempt',quote(OLD.tax_exempt),quote(NEW.tax_exempt),0),
('on_hold',quote(OLD.on_hold),quote(NEW.on_hold),0),
('consent',quote(OLD.consent),quote(NEW.consent),0),
('created_at',quote(OLD.created_at),quote(NEW.created_at),0),
('archived_at',quote(OLD.archived_at),quote(NEW.archived_at),0),
('archived_by',quote(OLD.archived_by),quote(NEW.archived_by),0))
    WHERE seal IS NULL AND column2 IS NOT column3;
END;

CREATE TRIGGER log_customers_delete BEFORE DELETE ON customers WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'customers', OLD.id, OLD.id,
           coalesce('kind=' || nullif(quote(OLD.kind), 'NULL') || ',', '') || coalesce('status=' || nullif(quote(OLD.status), 'NULL') || ',', '') || coalesce('type=' || nullif(quote(OLD.type), 'NULL') || ',', '') || coalesce('source=' || nullif(quote(OLD.source), 'NULL') || ',', '') || coalesce('found_us=' || nullif(quote(OLD.found_us), 'NULL') || ',', '') || coalesce('manager_id=' || nullif(quote(OLD.manager_id), 'NULL') || ',', '') || coalesce('tax_exempt=' || nullif(quote(OLD.tax_exempt), 'NULL') || ',', '') || coalesce('on_hold=' || nullif(quote(OLD.on_hold), 'NULL') || ',', '') || coalesce('consent=' || nullif(quote(OLD.consent), 'NULL') || ',', '') || coalesce('created_at=' || nullif(quote(OLD.created_at), 'NULL') || ',', '') || coalesce('archived_at=' || nullif(quote(OLD.archived_at), 'NULL') || ',', '') || coalesce('archived_by=' || nullif(quote(OLD.archived_by), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'customers', OLD.id, OLD.id,
           coalesce('company_name=' || nullif(quote(OLD.company_name), 'NULL') || ',', '') || coalesce('first_name=' || nullif(quote(OLD.first_name), 'NULL') || ',', '') || coalesce('last_name=' || nullif(quote(OLD.last_name), 'NULL') || ',', '') || coalesce('building_code=' || nullif(quote(OLD.building_code), 'NULL') || ',', '') || coalesce('mobile_phone=' || nullif(quote(OLD.mobile_phone), 'NULL') || ',', '') || coalesce('mobile_key=' || nullif(quote(OLD.mobile_key), 'NULL') || ',', '') || coalesce('home_phone=' || nullif(quote(OLD.home_phone), 'NULL') || ',', '') || coalesce('home_key=' || nullif(quote(OLD.home_key), 'NULL') || ',', '') || coalesce('alternate_phone=' || nullif(quote(OLD.alternate_phone), 'NULL') || ',', '') || coalesce('alternate_key=' || nullif(quote(OLD.alternate_key), 'NULL') || ',', '') || coalesce('email=' || nullif(quote(OLD.email), 'NULL') || ',', '') || coalesce('email_key=' || nullif(quote(OLD.email_key), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_customers_insert BEFORE INSERT ON customers WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM customers WHERE id = NEW.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.manager_id IS NOT NULL AND NEW.manager_id NOT IN (SELECT id FROM staff));
END;

CREATE TRIGGER guard_customers_update BEFORE UPDATE ON customers WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM customers WHERE id = NEW.id AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.manager_id IS NOT NULL AND NEW.manager_id NOT IN (SELECT id FROM staff));
END;

CREATE TRIGGER guard_customers_delete BEFORE DELETE ON customers WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'still_referred') WHERE EXISTS (SELECT 1 FROM billing_emails WHERE customer_id = OLD.id) OR EXISTS (SELECT 1 FROM addresses WHERE customer_id = OLD.id) OR EXISTS (SELECT 1 FROM contacts WHERE customer_id = OLD.id) OR EXISTS (SELECT 1 FROM external_ids WHERE customer_id = OLD.id) OR EXISTS (SELECT 1 FROM notes WHERE customer_id = OLD.id) OR EXISTS (SELECT 1 FROM wallet_entries WHERE customer_id = OLD.id) OR EXISTS (SELECT 1 FROM customer_levels WHERE customer_id = OLD.id) OR EXISTS (SELECT 1 FROM credit_lines WHERE customer_id = OLD.id) OR EXISTS (SELECT 1 FROM documents WHERE customer_id = OLD.id) OR EXISTS (SELECT 1 FROM payments WHERE customer_id = OLD.id) OR EXISTS (SELECT 1 FROM refunds WHERE customer_id = OLD.id) OR EXISTS (SELECT 1 FROM adjustments WHERE customer_id = OLD.id) OR EXISTS (SELECT 1 FROM returns WHERE customer_id = OLD.id) OR EXISTS (SELECT 1 FROM line_repayments WHERE customer_id = OLD.id);
END;

CREATE TRIGGER log_billing_emails_insert AFTER INSERT ON billing_emails WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'billing_emails', NEW.id, NEW.customer_id,
           coalesce('customer_id=' || nullif(quote(NEW.customer_id), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'billing_emails', NEW.id, NEW.customer_id,
           coalesce('email=' || nullif(quote(NEW.email), 'NULL') || ',', '') || coalesce('email_key=' || nullif(quote(NEW.email_key), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_billing_emails_update AFTER UPDATE OF customer_id, email, email_key ON billing_emails WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'billing_emails', NEW.id, NEW.customer_id, column1, column2, column3, column4
    FROM changes, (VALUES ('customer_id',quote(OLD.customer_id),quote(NEW.customer_id),0),
('email',quote(OLD.email),quote(NEW.email),1),
('email_key',quote(OLD.email_key),quote(NEW.email_key),1))
    WHERE seal IS NULL AND column2 IS NOT column3;
END;

CREATE TRIGGER log_billing_emails_delete BEFORE DELETE ON billing_emails WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'billing_emails', OLD.id, OLD.customer_id,
           coalesce('customer_id=' || nullif(quote(OLD.customer_id), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'billing_emails', OLD.id, OLD.customer_id,
           coalesce('email=' || nullif(quote(OLD.email), 'NULL') || ',', '') || coalesce('email_key=' || nullif(quote(OLD.email_key), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_billing_emails_insert BEFORE INSERT ON billing_emails WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM billing_emails WHERE id = NEW.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers));
END;

CREATE TRIGGER guard_billing_emails_update BEFORE UPDATE ON billing_emails WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM billing_emails WHERE id = NEW.id AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers));
END;

CREATE TRIGGER guard_billing_emails_delete BEFORE DELETE ON billing_emails WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
END;

CREATE TRIGGER log_addresses_insert AFTER INSERT ON addresses WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'addresses', NEW.id, NEW.customer_id,
           coalesce('customer_id=' || nullif(quote(NEW.customer_id), 'NULL') || ',', '') || coalesce('kind=' || nullif(quote(NEW.kind), 'NULL') || ',', '') || coalesce('is_default=' || nullif(quote(NEW.is_default), 'NULL') || ',', '') || coalesce('state=' || nullif(quote(NEW.state), 'NULL') || ',', '') || coalesce('country=' || nullif(quote(NEW.country), 'NULL') || ',', '') || coalesce('former_on=' || nullif(quote(NEW.former_on), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'addresses', NEW.id, NEW.customer_id,
           coalesce('label=' || nullif(quote(NEW.label), 'NULL') || ',', '') || coalesce('line1=' || nullif(quote(NEW.line1), 'NULL') || ',', '') || coalesce('line2=' || nullif(quote(NEW.line2), 'NULL') || ',', '') || coalesce('city=' || nullif(quote(NEW.city), 'NULL') || ',', '') || coalesce('zip=' || nullif(quote(NEW.zip), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_addresses_update AFTER UPDATE OF customer_id, kind, is_default, label, line1, line2, city, state, zip, country, former_on ON addresses WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'addresses', NEW.id, NEW.customer_id, column1, column2, column3, column4
    FROM changes, (VALUES ('customer_id',quote(OLD.customer_id),quote(NEW.customer_id),0),
('kind',quote(OLD.kind),quote(NEW.kind),0),
('is_default',quote(OLD.is_default),quote(NEW.is_default),0),
('label',quote(OLD.label),quote(NEW.label),1),
('line1',quote(OLD.line1),quote(NEW.line1),1),
('line2',quote(OLD.line2),quote(NEW.line2),1),
('city',quote(OLD.city),quote(NEW.city),1),
('state',quote(OLD.state),quote(NEW.state),0),
('zip',quote(OLD.zip),quote(NEW.zip),1),
('country',quote(OLD.country),quote(NEW.country),0),
('former_on',quote(OLD.former_on),quote(NEW.former_on),0))
    WHERE seal IS NULL AND column2 IS NOT column3;
END;

CREATE TRIGGER log_addresses_delete BEFORE DELETE ON addresses WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'addresses', OLD.id, OLD.customer_id,
           coalesce('customer_id=' || nullif(quote(OLD.customer_id), 'NULL') || ',', '') || coalesce('kind=' || nullif(quote(OLD.kind), 'NULL') || ',', '') || coalesce('is_default=' || nullif(quote(OLD.is_default), 'NULL') || ',', '') || coalesce('state=' || nullif(quote(OLD.state), 'NULL') || ',', '') || coalesce('country=' || nullif(quote(OLD.country), 'NULL') || ',', '') || coalesce('former_on=' || nullif(quote(OLD.former_on), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'addresses', OLD.id, OLD.customer_id,
           coalesce('label=' || nullif(quote(OLD.label), 'NULL') || ',', '') || coalesce('line1=' || nullif(quote(OLD.line1), 'NULL') || ',', '') || coalesce('line2=' || nullif(quote(OLD.line2), 'NULL') || ',', '') || coalesce('city=' || nullif(quote(OLD.city), 'NULL') || ',', '') || coalesce('zip=' || nullif(quote(OLD.zip), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_addresses_insert BEFORE INSERT ON addresses WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM addresses WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM addresses WHERE customer_id = NEW.customer_id AND kind = 'billing' AND NEW.kind = 'billing') OR EXISTS (SELECT 1 FROM addresses WHERE customer_id = NEW.customer_id AND is_default = 1 AND NEW.is_default = 1);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers));
END;

CREATE TRIGGER guard_addresses_update BEFORE UPDATE ON addresses WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM addresses WHERE id = NEW.id AND id <> OLD.id) OR EXISTS (SELECT 1 FROM addresses WHERE customer_id = NEW.customer_id AND kind = 'billing' AND NEW.kind = 'billing' AND id <> OLD.id) OR EXISTS (SELECT 1 FROM addresses WHERE customer_id = NEW.customer_id AND is_default = 1 AND NEW.is_default = 1 AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers));
END;

CREATE TRIGGER guard_addresses_delete BEFORE DELETE ON addresses WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
END;

CREATE TRIGGER log_contacts_insert AFTER INSERT ON contacts WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'contacts', NEW.id, NEW.customer_id,
           coalesce('customer_id=' || nullif(quote(NEW.customer_id), 'NULL') || ',', '') || coalesce('type=' || nullif(quote(NEW.type), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'contacts', NEW.id, NEW.customer_id,
           coalesce('first_name=' || nullif(quote(NEW.first_name), 'NULL') || ',', '') || coalesce('last_name=' || nullif(quote(NEW.last_name), 'NULL') || ',', '') || coalesce('phone=' || nullif(quote(NEW.phone), 'NULL') || ',', '') || coalesce('phone_key=' || nullif(quote(NEW.phone_key), 'NULL') || ',', '') || coalesce('email=' || nullif(quote(NEW.email), 'NULL') || ',', '') || coalesce('relationship=' || nullif(quote(NEW.relationship), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_contacts_update AFTER UPDATE OF customer_id, first_name, last_name, phone, phone_key, email, relationship, type ON contacts WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'contacts', NEW.id, NEW.customer_id, column1, column2, column3, column4
    FROM changes, (VALUES ('customer_id',quote(OLD.customer_id),quote(NEW.customer_id),0),
('first_name',quote(OLD.first_name),quote(NEW.first_name),1),
('last_name',quote(OLD.last_name),quote(NEW.last_name),1),
('phone',quote(OLD.phone),quote(NEW.phone),1),
('phone_key',quote(OLD.phone_key),quote(NEW.phone_key),1),
('email',quote(OLD.email),quote(NEW.email),1),
('relationship',quote(OLD.relationship),quote(NEW.relationship),1),
('type',quote(OLD.type),quote(NEW.type),0))
    WHERE seal IS NULL AND column2 IS NOT column3;
END;

CREATE TRIGGER log_contacts_delete BEFORE DELETE ON contacts WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'contacts', OLD.id, OLD.customer_id,
           coalesce('customer_id=' || nullif(quote(OLD.customer_id), 'NULL') || ',', '') || coalesce('type=' || nullif(quote(OLD.type), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'contacts', OLD.id, OLD.customer_id,
           coalesce('first_name=' || nullif(quote(OLD.first_name), 'NULL') || ',', '') || coalesce('last_name=' || nullif(quote(OLD.last_name), 'NULL') || ',', '') || coalesce('phone=' || nullif(quote(OLD.phone), 'NULL') || ',', '') || coalesce('phone_key=' || nullif(quote(OLD.phone_key), 'NULL') || ',', '') || coalesce('email=' || nullif(quote(OLD.email), 'NULL') || ',', '') || coalesce('relationship=' || nullif(quote(OLD.relationship), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_contacts_insert BEFORE INSERT ON contacts WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM contacts WHERE id = NEW.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers));
END;

CREATE TRIGGER guard_contacts_update BEFORE UPDATE ON contacts WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM contacts WHERE id = NEW.id AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers));
END;

CREATE TRIGGER guard_contacts_delete BEFORE DELETE ON contacts WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
END;

CREATE TRIGGER log_external_ids_insert AFTER INSERT ON external_ids WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'external_ids', NEW.id, coalesce(NEW.customer_id, (SELECT customer_id FROM documents WHERE id = NEW.document_id)),
           coalesce('system=' || nullif(quote(NEW.system), 'NULL') || ',', '') || coalesce('customer_id=' || nullif(quote(NEW.customer_id), 'NULL') || ',', '') || coalesce('document_id=' || nullif(quote(NEW.document_id), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'external_ids', NEW.id, coalesce(NEW.customer_id, (SELECT customer_id FROM documents WHERE id = NEW.document_id)),
           coalesce('external_id=' || nullif(quote(NEW.external_id), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_external_ids_update AFTER UPDATE OF system, external_id, customer_id, document_id ON external_ids WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'external_ids', NEW.id, coalesce(NEW.customer_id, (SELECT customer_id FROM documents WHERE id = NEW.document_id)), column1, column2, column3, column4
    FROM changes, (VALUES ('system',quote(OLD.system),quote(NEW.system),0),
('external_id',quote(OLD.external_id),quote(NEW.external_id),1),
('customer_id',quote(OLD.customer_id),quote(NEW.customer_id),0),
('document_id',quote(OLD.document_id),quote(NEW.document_id),0))
    WHERE seal IS NULL AND column2 IS NOT column3;
END;

CREATE TRIGGER log_external_ids_delete BEFORE DELETE ON external_ids WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'external_ids', OLD.id, coalesce(OLD.customer_id, (SELECT customer_id FROM documents WHERE id = OLD.document_id)),
           coalesce('system=' || nullif(quote(OLD.system), 'NULL') || ',', '') || coalesce('customer_id=' || nullif(quote(OLD.customer_id), 'NULL') || ',', '') || coalesce('document_id=' || nullif(quote(OLD.document_id), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'external_ids', OLD.id, coalesce(OLD.customer_id, (SELECT customer_id FROM documents WHERE id = OLD.document_id)),
           coalesce('external_id=' || nullif(quote(OLD.external_id), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_external_ids_insert BEFORE INSERT ON external_ids WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM external_ids WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM external_ids WHERE system = NEW.system AND external_id = NEW.external_id AND customer_id IS NOT NULL AND NEW.customer_id IS NOT NULL) OR EXISTS (SELECT 1 FROM external_ids WHERE system = NEW.system AND external_id = NEW.external_id AND document_id IS NOT NULL AND NEW.document_id IS NOT NULL);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers)) OR (NEW.document_id IS NOT NULL AND NEW.document_id NOT IN (SELECT id FROM documents));
END;

CREATE TRIGGER guard_external_ids_update BEFORE UPDATE ON external_ids WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM external_ids WHERE id = NEW.id AND id <> OLD.id) OR EXISTS (SELECT 1 FROM external_ids WHERE system = NEW.system AND external_id = NEW.external_id AND customer_id IS NOT NULL AND NEW.customer_id IS NOT NULL AND id <> OLD.id) OR EXISTS (SELECT 1 FROM external_ids WHERE system = NEW.system AND external_id = NEW.external_id AND document_id IS NOT NULL AND NEW.document_id IS NOT NULL AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers)) OR (NEW.document_id IS NOT NULL AND NEW.document_id NOT IN (SELECT id FROM documents));
END;

CREATE TRIGGER guard_external_ids_delete BEFORE DELETE ON external_ids WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
END;

CREATE TRIGGER log_notes_insert AFTER INSERT ON notes WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'notes', NEW.id, NEW.customer_id,
           coalesce('customer_id=' || nullif(quote(NEW.customer_id), 'NULL') || ',', '') || coalesce('type=' || nullif(quote(NEW.type), 'NULL') || ',', '') || coalesce('persistence=' || nullif(quote(NEW.persistence), 'NULL') || ',', '') || coalesce('important=' || nullif(quote(NEW.important), 'NULL') || ',', '') || coalesce('author=' || nullif(quote(NEW.author), 'NULL') || ',', '') || coalesce('written_on=' || nullif(quote(NEW.written_on), 'NULL') || ',', '') || coalesce('deleted_at=' || nullif(quote(NEW.deleted_at), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'notes', NEW.id, NEW.customer_id,
           coalesce('text=' || nullif(quote(NEW.text), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_notes_update AFTER UPDATE OF customer_id, type, persistence, important, text, author, written_on, deleted_at ON notes WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'notes', NEW.id, NEW.customer_id, column1, column2, column3, column4
    FROM changes, (VALUES ('customer_id',quote(OLD.customer_id),quote(NEW.customer_id),0),
('type',quote(OLD.type),quote(NEW.type),0),
('persistence',quote(OLD.persistence),quote(NEW.persistence),0),
('important',quote(OLD.important),quote(NEW.important),0),
('text',quote(OLD.text),quote(NEW.text),1),
('author',quote(OLD.author),quote(NEW.author),0),
('written_on',quote(OLD.written_on),quote(NEW.written_on),0),
('deleted_at',quote(OLD.deleted_at),quote(NEW.deleted_at),0))
    WHERE seal IS NULL AND column2 IS NOT column3;
END;

CREATE TRIGGER log_notes_delete BEFORE DELETE ON notes WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'notes', OLD.id, OLD.customer_id,
           coalesce('customer_id=' || nullif(quote(OLD.customer_id), 'NULL') || ',', '') || coalesce('type=' || nullif(quote(OLD.type), 'NULL') || ',', '') || coalesce('persistence=' || nullif(quote(OLD.persistence), 'NULL') || ',', '') || coalesce('important=' || nullif(quote(OLD.important), 'NULL') || ',', '') || coalesce('author=' || nullif(quote(OLD.author), 'NULL') || ',', '') || coalesce('written_on=' || nullif(quote(OLD.written_on), 'NULL') || ',', '') || coalesce('deleted_at=' || nullif(quote(OLD.deleted_at), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'notes', OLD.id, OLD.customer_id,
           coalesce('text=' || nullif(quote(OLD.text), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_notes_insert BEFORE INSERT ON notes WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM notes WHERE id = NEW.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers));
END;

CREATE TRIGGER guard_notes_update BEFORE UPDATE ON notes WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM notes WHERE id = NEW.id AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers));
END;

CREATE TRIGGER guard_notes_delete BEFORE DELETE ON notes WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
END;

CREATE TRIGGER log_wallet_entries_insert AFTER INSERT ON wallet_entries WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'wallet_entries', NEW.id, NEW.customer_id,
           coalesce('customer_id=' || nullif(quote(NEW.customer_id), 'NULL') || ',', '') || coalesce('amount_cents=' || nullif(quote(NEW.amount_cents), 'NULL') || ',', '') || coalesce('type=' || nullif(quote(NEW.type), 'NULL') || ',', '') || coalesce('document_id=' || nullif(quote(NEW.document_id), 'NULL') || ',', '') || coalesce('reverses=' || nullif(quote(NEW.reverses), 'NULL') || ',', '') || coalesce('entered_on=' || nullif(quote(NEW.entered_on), 'NULL') || ',', '') || coalesce('recorded_at=' || nullif(quote(NEW.recorded_at), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'wallet_entries', NEW.id, NEW.customer_id,
           coalesce('note=' || nullif(quote(NEW.note), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_wallet_entries_update AFTER UPDATE OF customer_id, amount_cents, type, document_id, reverses, note, entered_on, recorded_at ON wallet_entries WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'wallet_entries', NEW.id, NEW.customer_id, column1, column2, column3, column4
    FROM changes, (VALUES ('customer_id',quote(OLD.customer_id),quote(NEW.customer_id),0),
('amount_cents',quote(OLD.amount_cents),quote(NEW.amount_cents),0),
('type',quote(OLD.type),quote(NEW.type),0),
('document_id',quote(OLD.document_id),quote(NEW.document_id),0),
('reverses',quote(OLD.reverses),quote(NEW.reverses),0),
('note',quote(OLD.note),quote(NEW.note),1),
('entered_on',quote(OLD.entered_on),quote(NEW.entered_on),0),
('recorded_at',quote(OLD.recorded_at),quote(NEW.recorded_at),0))
    WHERE seal IS NULL AND column2 IS NOT column3;
END;

CREATE TRIGGER log_wallet_entries_delete BEFORE DELETE ON wallet_entries WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'wallet_entries', OLD.id, OLD.customer_id,
           coalesce('customer_id=' || nullif(quote(OLD.customer_id), 'NULL') || ',', '') || coalesce('amount_cents=' || nullif(quote(OLD.amount_cents), 'NULL') || ',', '') || coalesce('type=' || nullif(quote(OLD.type), 'NULL') || ',', '') || coalesce('document_id=' || nullif(quote(OLD.document_id), 'NULL') || ',', '') || coalesce('reverses=' || nullif(quote(OLD.reverses), 'NULL') || ',', '') || coalesce('entered_on=' || nullif(quote(OLD.entered_on), 'NULL') || ',', '') || coalesce('recorded_at=' || nullif(quote(OLD.recorded_at), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'wallet_entries', OLD.id, OLD.customer_id,
           coalesce('note=' || nullif(quote(OLD.note), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_wallet_entries_insert BEFORE INSERT ON wallet_entries WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM wallet_entries WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM wallet_entries WHERE reverses = NEW.reverses AND reverses IS NOT NULL AND NEW.reverses IS NOT NULL);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers)) OR (NEW.document_id IS NOT NULL AND NEW.document_id NOT IN (SELECT id FROM documents)) OR (NEW.reverses IS NOT NULL AND NEW.reverses NOT IN (SELECT id FROM wallet_entries));
END;

CREATE TRIGGER guard_wallet_entries_update BEFORE UPDATE ON wallet_entries WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM wallet_entries WHERE id = NEW.id AND id <> OLD.id) OR EXISTS (SELECT 1 FROM wallet_entries WHERE reverses = NEW.reverses AND reverses IS NOT NULL AND NEW.reverses IS NOT NULL AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers)) OR (NEW.document_id IS NOT NULL AND NEW.document_id NOT IN (SELECT id FROM documents)) OR (NEW.reverses IS NOT NULL AND NEW.reverses NOT IN (SELECT id FROM wallet_entries));
END;

CREATE TRIGGER guard_wallet_entries_delete BEFORE DELETE ON wallet_entries WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'still_referred') WHERE EXISTS (SELECT 1 FROM wallet_entries WHERE reverses = OLD.id);
END;

CREATE TRIGGER log_terms_insert AFTER INSERT ON terms WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'terms', NEW.id, NULL,
           coalesce('name=' || nullif(quote(NEW.name), 'NULL') || ',', '') || coalesce('deposit_rate=' || nullif(quote(NEW.deposit_rate), 'NULL') || ',', '') || coalesce('days=' || nullif(quote(NEW.days), 'NULL') || ',', '') || coalesce('counted_from=' || nullif(quote(NEW.counted_from), 'NULL') || ',', '') || coalesce('is_default=' || nullif(quote(NEW.is_default), 'NULL') || ',', '') || coalesce('retired=' || nullif(quote(NEW.retired), 'NULL') || ',', '') || coalesce('description=' || nullif(quote(NEW.description), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_terms_update AFTER UPDATE OF name, deposit_rate, days, counted_from, is_default, retired, description ON terms WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'terms', NEW.id, NULL, column1, column2, column3, column4
    FROM changes, (VALUES ('name',quote(OLD.name),quote(NEW.name),0),
('deposit_rate',quote(OLD.deposit_rate),quote(NEW.deposit_rate),0),
('days',quote(OLD.days),quote(NEW.days),0),
('counted_from',quote(OLD.counted_from),quote(NEW.counted_from),0),
('is_default',quote(OLD.is_default),quote(NEW.is_default),0),
('retired',quote(OLD.retired),quote(NEW.retired),0),
('description',quote(OLD.description),quote(NEW.description),0))
    WHERE seal IS NULL AND column2 IS NOT column3;
END;

CREATE TRIGGER log_terms_delete BEFORE DELETE ON terms WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'terms', OLD.id, NULL,
           coalesce('name=' || nullif(quote(OLD.name), 'NULL') || ',', '') || coalesce('deposit_rate=' || nullif(quote(OLD.deposit_rate), 'NULL') || ',', '') || coalesce('days=' || nullif(quote(OLD.days), 'NULL') || ',', '') || coalesce('counted_from=' || nullif(quote(OLD.counted_from), 'NULL') || ',', '') || coalesce('is_default=' || nullif(quote(OLD.is_default), 'NULL') || ',', '') || coalesce('retired=' || nullif(quote(OLD.retired), 'NULL') || ',', '') || coalesce('description=' || nullif(quote(OLD.description), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_terms_insert BEFORE INSERT ON terms WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM terms WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM terms WHERE name = NEW.name) OR EXISTS (SELECT 1 FROM terms WHERE is_default = NEW.is_default AND is_default = 1 AND NEW.is_default = 1);
END;

CREATE TRIGGER guard_terms_update BEFORE UPDATE ON terms WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM terms WHERE id = NEW.id AND id <> OLD.id) OR EXISTS (SELECT 1 FROM terms WHERE name = NEW.name AND id <> OLD.id) OR EXISTS (SELECT 1 FROM terms WHERE is_default = NEW.is_default AND is_default = 1 AND NEW.is_default = 1 AND id <> OLD.id);
END;

CREATE TRIGGER guard_terms_delete BEFORE DELETE ON terms WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'still_referred') WHERE EXISTS (SELECT 1 FROM credit_lines WHERE terms_id = OLD.id);
END;

CREATE TRIGGER log_models_insert AFTER INSERT ON models WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'models', NEW.id, NULL,
           coalesce('model=' || nullif(quote(NEW.model), 'NULL') || ',', '') || coalesce('description=' || nullif(quote(NEW.description), 'NULL') || ',', '') || coalesce('price_cents=' || nullif(quote(NEW.price_cents), 'NULL') || ',', '') || coalesce('cost_cents=' || nullif(quote(NEW.cost_cents), 'NULL') || ',', '') || coalesce('condition=' || nullif(quote(NEW.condition), 'NULL') || ',', '') || coalesce('discontinued=' || nullif(quote(NEW.discontinued), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_models_update AFTER UPDATE OF model, description, price_cents, cost_cents, condition, discontinued ON models WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'models', NEW.id, NULL, column1, column2, column3, column4
    FROM changes, (VALUES ('model',quote(OLD.model),quote(NEW.model),0),
('description',quote(OLD.description),quote(NEW.description),0),
('price_cents',quote(OLD.price_cents),quote(NEW.price_cents),0),
('cost_cents',quote(OLD.cost_cents),quote(NEW.cost_cents),0),
('condition',quote(OLD.condition),quote(NEW.condition),0),
('discontinued',quote(OLD.discontinued),quote(NEW.discontinued),0))
    WHERE seal IS NULL AND column2 IS NOT column3;
END;

CREATE TRIGGER log_models_delete BEFORE DELETE ON models WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'models', OLD.id, NULL,
           coalesce('model=' || nullif(quote(OLD.model), 'NULL') || ',', '') || coalesce('description=' || nullif(quote(OLD.description), 'NULL') || ',', '') || coalesce('price_cents=' || nullif(quote(OLD.price_cents), 'NULL') || ',', '') || coalesce('cost_cents=' || nullif(quote(OLD.cost_cents), 'NULL') || ',', '') || coalesce('condition=' || nullif(quote(OLD.condition), 'NULL') || ',', '') || coalesce('discontinued=' || nullif(quote(OLD.discontinued), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_models_insert BEFORE INSERT ON models WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM models WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM models WHERE model = NEW.model);
END;

CREATE TRIGGER guard_models_update BEFORE UPDATE ON models WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM models WHERE id = NEW.id AND id <> OLD.id) OR EXISTS (SELECT 1 FROM models WHERE model = NEW.model AND id <> OLD.id);
END;

CREATE TRIGGER guard_models_delete BEFORE DELETE ON models WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'still_referred') WHERE EXISTS (SELECT 1 FROM level_prices WHERE model_id = OLD.id);
END;

CREATE TRIGGER log_price_levels_insert AFTER INSERT ON price_levels WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'price_levels', NEW.id, NULL,
           coalesce('name=' || nullif(quote(NEW.name), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_price_levels_update AFTER UPDATE OF name ON price_levels WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'price_levels', NEW.id, NULL, column1, column2, column3, column4
    FROM changes, (VALUES ('name',quote(OLD.name),quote(NEW.name),0))
    WHERE seal IS NULL AND column2 IS NOT column3;
END;

CREATE TRIGGER log_price_levels_delete BEFORE DELETE ON price_levels WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'price_levels', OLD.id, NULL,
           coalesce('name=' || nullif(quote(OLD.name), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_price_levels_insert BEFORE INSERT ON price_levels WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM price_levels WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM price_levels WHERE name = NEW.name);
END;

CREATE TRIGGER guard_price_levels_update BEFORE UPDATE ON price_levels WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM price_levels WHERE id = NEW.id AND id <> OLD.id) OR EXISTS (SELECT 1 FROM price_levels WHERE name = NEW.name AND id <> OLD.id);
END;

CREATE TRIGGER guard_price_levels_delete BEFORE DELETE ON price_levels WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'still_referred') WHERE EXISTS (SELECT 1 FROM level_prices WHERE level_id = OLD.id) OR EXISTS (SELECT 1 FROM customer_levels WHERE level_id = OLD.id);
END;

CREATE TRIGGER log_level_prices_insert AFTER INSERT ON level_prices WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'level_prices', NEW.id, NULL,
           coalesce('level_id=' || nullif(quote(NEW.level_id), 'NULL') || ',', '') || coalesce('model_id=' || nullif(quote(NEW.model_id), 'NULL') || ',', '') || coalesce('price_cents=' || nullif(quote(NEW.price_cents), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_level_prices_update AFTER UPDATE OF level_id, model_id, price_cents ON level_prices WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'level_prices', NEW.id, NULL, column1, column2, column3, column4
    FROM changes, (VALUES ('level_id',quote(OLD.level_id),quote(NEW.level_id),0),
('model_id',quote(OLD.model_id),quote(NEW.model_id),0),
('price_cents',quote(OLD.price_cents),quote(NEW.price_cents),0))
    WHERE seal IS NULL AND column2 IS NOT column3;
END;

CREATE TRIGGER log_level_prices_delete BEFORE DELETE ON level_prices WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'level_prices', OLD.id, NULL,
           coalesce('level_id=' || nullif(quote(OLD.level_id), 'NULL') || ',', '') || coalesce('model_id=' || nullif(quote(OLD.model_id), 'NULL') || ',', '') || coalesce('price_cents=' || nullif(quote(OLD.price_cents), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_level_prices_insert BEFORE INSERT ON level_prices WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM level_prices WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM level_prices WHERE level_id = NEW.level_id AND model_id = NEW.model_id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.level_id IS NOT NULL AND NEW.level_id NOT IN (SELECT id FROM price_levels)) OR (NEW.model_id IS NOT NULL AND NEW.model_id NOT IN (SELECT id FROM models));
END;

CREATE TRIGGER guard_level_prices_update BEFORE UPDATE ON level_prices WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM level_prices WHERE id = NEW.id AND id <> OLD.id) OR EXISTS (SELECT 1 FROM level_prices WHERE level_id = NEW.level_id AND model_id = NEW.model_id AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.level_id IS NOT NULL AND NEW.level_id NOT IN (SELECT id FROM price_levels)) OR (NEW.model_id IS NOT NULL AND NEW.model_id NOT IN (SELECT id FROM models));
END;

CREATE TRIGGER guard_level_prices_delete BEFORE DELETE ON level_prices WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
END;

CREATE TRIGGER log_customer_levels_insert AFTER INSERT ON customer_levels WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'customer_levels', NEW.id, NEW.customer_id,
           coalesce('customer_id=' || nullif(quote(NEW.customer_id), 'NULL') || ',', '') || coalesce('level_id=' || nullif(quote(NEW.level_id), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_customer_levels_update AFTER UPDATE OF customer_id, level_id ON customer_levels WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'customer_levels', NEW.id, NEW.customer_id, column1, column2, column3, column4
    FROM changes, (VALUES ('customer_id',quote(OLD.customer_id),quote(NEW.customer_id),0),
('level_id',quote(OLD.level_id),quote(NEW.level_id),0))
    WHERE seal IS NULL AND column2 IS NOT column3;
END;

CREATE TRIGGER log_customer_levels_delete BEFORE DELETE ON customer_levels WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'customer_levels', OLD.id, OLD.customer_id,
           coalesce('customer_id=' || nullif(quote(OLD.customer_id), 'NULL') || ',', '') || coalesce('level_id=' || nullif(quote(OLD.level_id), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_customer_levels_insert BEFORE INSERT ON customer_levels WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM customer_levels WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM customer_levels WHERE customer_id = NEW.customer_id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers)) OR (NEW.level_id IS NOT NULL AND NEW.level_id NOT IN (SELECT id FROM price_levels));
END;

CREATE TRIGGER guard_customer_levels_update BEFORE UPDATE ON customer_levels WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM customer_levels WHERE id = NEW.id AND id <> OLD.id) OR EXISTS (SELECT 1 FROM customer_levels WHERE customer_id = NEW.customer_id AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers)) OR (NEW.level_id IS NOT NULL AND NEW.level_id NOT IN (SELECT id FROM price_levels));
END;

CREATE TRIGGER guard_customer_levels_delete BEFORE DELETE ON customer_levels WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
END;

CREATE TRIGGER log_credit_lines_insert AFTER INSERT ON credit_lines WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'credit_lines', NEW.id, NEW.customer_id,
           coalesce('customer_id=' || nullif(quote(NEW.customer_id), 'NULL') || ',', '') || coalesce('limit_cents=' || nullif(quote(NEW.limit_cents), 'NULL') || ',', '') || coalesce('terms_id=' || nullif(quote(NEW.terms_id), 'NULL') || ',', '') || coalesce('until_on=' || nullif(quote(NEW.until_on), 'NULL') || ',', '') || coalesce('closed_on=' || nullif(quote(NEW.closed_on), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_credit_lines_update AFTER UPDATE OF customer_id, limit_cents, terms_id, until_on, closed_on ON credit_lines WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'credit_lines', NEW.id, NEW.customer_id, column1, column2, column3, column4
    FROM changes, (VALUES ('customer_id',quote(OLD.customer_id),quote(NEW.customer_id),0),
('limit_cents',quote(OLD.limit_cents),quote(NEW.limit_cents),0),
('terms_id',quote(OLD.terms_id),quote(NEW.terms_id),0),
('until_on',quote(OLD.until_on),quote(NEW.until_on),0),
('closed_on',quote(OLD.closed_on),quote(NEW.closed_on),0))
    WHERE seal IS NULL AND column2 IS NOT column3;
END;

CREATE TRIGGER log_credit_lines_delete BEFORE DELETE ON credit_lines WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'credit_lines', OLD.id, OLD.customer_id,
           coalesce('customer_id=' || nullif(quote(OLD.customer_id), 'NULL') || ',', '') || coalesce('limit_cents=' || nullif(quote(OLD.limit_cents), 'NULL') || ',', '') || coalesce('terms_id=' || nullif(quote(OLD.terms_id), 'NULL') || ',', '') || coalesce('until_on=' || nullif(quote(OLD.until_on), 'NULL') || ',', '') || coalesce('closed_on=' || nullif(quote(OLD.closed_on), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_credit_lines_insert BEFORE INSERT ON credit_lines WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM credit_lines WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM credit_lines WHERE customer_id = NEW.customer_id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers)) OR (NEW.terms_id IS NOT NULL AND NEW.terms_id NOT IN (SELECT id FROM terms));
END;

CREATE TRIGGER guard_credit_lines_update BEFORE UPDATE ON credit_lines WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM credit_lines WHERE id = NEW.id AND id <> OLD.id) OR EXISTS (SELECT 1 FROM credit_lines WHERE customer_id = NEW.customer_id AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers)) OR (NEW.terms_id IS NOT NULL AND NEW.terms_id NOT IN (SELECT id FROM terms));
END;

CREATE TRIGGER guard_credit_lines_delete BEFORE DELETE ON credit_lines WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
END;

CREATE TRIGGER log_saved_views_insert AFTER INSERT ON saved_views WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'saved_views', NEW.id, NULL,
           coalesce('name=' || nullif(quote(NEW.name), 'NULL') || ',', '') || coalesce('noun=' || nullif(quote(NEW.noun), 'NULL') || ',', '') || coalesce('arguments=' || nullif(quote(NEW.arguments), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_saved_views_update AFTER UPDATE OF name, noun, arguments ON saved_views WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'saved_views', NEW.id, NULL, column1, column2, column3, column4
    FROM changes, (VALUES ('name',quote(OLD.name),quote(NEW.name),0),
('noun',quote(OLD.noun),quote(NEW.noun),0),
('arguments',quote(OLD.arguments),quote(NEW.arguments),0))
    WHERE seal IS NULL AND column2 IS NOT column3;
END;

CREATE TRIGGER log_saved_views_delete BEFORE DELETE ON saved_views WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'saved_views', OLD.id, NULL,
           coalesce('name=' || nullif(quote(OLD.name), 'NULL') || ',', '') || coalesce('noun=' || nullif(quote(OLD.noun), 'NULL') || ',', '') || coalesce('arguments=' || nullif(quote(OLD.arguments), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_saved_views_insert BEFORE INSERT ON saved_views WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM saved_views WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM saved_views WHERE name = NEW.name);
END;

CREATE TRIGGER guard_saved_views_update BEFORE UPDATE ON saved_views WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM saved_views WHERE id = NEW.id AND id <> OLD.id) OR EXISTS (SELECT 1 FROM saved_views WHERE name = NEW.name AND id <> OLD.id);
END;

CREATE TRIGGER guard_saved_views_delete BEFORE DELETE ON saved_views WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
END;

CREATE TRIGGER log_documents_insert AFTER INSERT ON documents WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'documents', NEW.id, NEW.customer_id,
           coalesce('customer_id=' || nullif(quote(NEW.customer_id), 'NULL') || ',', '') || coalesce('status=' || nullif(quote(NEW.status), 'NULL') || ',', '') || coalesce('quoted_on=' || nullif(quote(NEW.quoted_on), 'NULL') || ',', '') || coalesce('expires_on=' || nullif(quote(NEW.expires_on), 'NULL') || ',', '') || coalesce('ordered_on=' || nullif(quote(NEW.ordered_on), 'NULL') || ',', '') || coalesce('shipped_on=' || nullif(quote(NEW.shipped_on), 'NULL') || ',', '') || coalesce('class=' || nullif(quote(NEW.class), 'NULL') || ',', '') || coalesce('source=' || nullif(quote(NEW.source), 'NULL') || ',', '') || coalesce('location=' || nullif(quote(NEW.location), 'NULL') || ',', '') || coalesce('salesperson_id=' || nullif(quote(NEW.salesperson_id), 'NULL') || ',', '') || coalesce('needed_on=' || nullif(quote(NEW.needed_on), 'NULL') || ',', '') || coalesce('tax_rate=' || nullif(quote(NEW.tax_rate), 'NULL') || ',', '') || coalesce('delivery_charge_cents=' || nullif(quote(NEW.delivery_charge_cents), 'NULL') || ',', '') || coalesce('mileage_charge_cents=' || nullif(quote(NEW.mileage_charge_cents), 'NULL') || ',', '') || coalesce('trip_charge_cents=' || nullif(quote(NEW.trip_charge_cents), 'NULL') || ',', '') || coalesce('shipping_charge_cents=' || nullif(quote(NEW.shipping_charge_cents), 'NULL') || ',', '') || coalesce('rush_charge_cents=' || nullif(quote(NEW.rush_charge_cents), 'NULL') || ',', '') || coalesce('customer_discount_cents=' || nullif(quote(NEW.customer_discount_cents), 'NULL') || ',', '') || coalesce('rebate_cents=' || nullif(quote(NEW.rebate_cents), 'NULL') || ',', '') || coalesce('coupon_cents=' || nullif(quote(NEW.coupon_cents), 'NULL') || ',', '') || coalesce('gift_certificate_cents=' || nullif(quote(NEW.gift_certificate_cents), 'NULL') || ',', '') || coalesce('tax_cents=' || nullif(quote(NEW.tax_cents), 'NULL') || ',', '') || coalesce('customer_discount_rate=' || nullif(quote(NEW.customer_discount_rate), 'NULL') || ',', '') || coalesce('tax_exempt=' || nullif(quote(NEW.tax_exempt), 'NULL') || ',', '') || coalesce('tax_typed=' || nullif(quote(NEW.tax_typed), 'NULL') || ',', '') || coalesce('on_account=' || nullif(quote(NEW.on_account), 'NULL') || ',', '') || coalesce('terms_name=' || nullif(quote(NEW.terms_name), 'NULL') || ',', '') || coalesce('terms_deposit_rate=' || nullif(quote(NEW.terms_deposit_rate), 'NULL') || ',', '') || coalesce('terms_days=' || nullif(quote(NEW.terms_days), 'NULL') || ',', '') || coalesce('terms_from=' || nullif(quote(NEW.terms_from), 'NULL') || ',', '') || coalesce('approved_on=' || nullif(quote(NEW.approved_on), 'NULL') || ',', '') || coalesce('canceled_on=' || nullif(quote(NEW.canceled_on), 'NULL') || ',', '') || coalesce('invoice_number=' || nullif(quote(NEW.invoice_number), 'NULL') || ',', '') || coalesce('invoiced_on=' || nullif(quote(NEW.invoiced_on), 'NULL') || ',', '') || coalesce('due_on=' || nullif(quote(NEW.due_on), 'NULL') || ',', '') || coalesce('swap_of=' || nullif(quote(NEW.swap_of), 'NULL') || ',', '') || coalesce('next_line=' || nullif(quote(NEW.next_line), 'NULL') || ',', '') || coalesce('created_at=' || nullif(quote(NEW.created_at), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'documents', NEW.id, NEW.customer_id,
           coalesce('job_name=' || nullif(quote(NEW.job_name), 'NULL') || ',', '') || coalesce('purchase_order=' || nullif(quote(NEW.purchase_order), 'NULL') || ',', '') || coalesce('delivery_text=' || nullif(quote(NEW.delivery_text), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_documents_update AFTER UPDATE OF customer_id, status, quoted_on, expires_on, ordered_on, shipped_on, job_name, class, source, location, salesperson_id, purchase_order, needed_on, delivery_text, tax_rate, delivery_charge_cents, mileage_charge_cents, trip_charge_cents, shipping_charge_cents, rush_charge_cents, customer_discount_cents, rebate_cents, coupon_cents, gift_certificate_cents, tax_cents, customer_discount_rate, tax_exempt, tax_typed, on_account, terms_name, terms_deposit_rate, terms_days, terms_from, approved_on, canceled_on, invoice_number, invoiced_on, due_on, swap_of, next_line, created_at ON documents WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'documents', NEW.id, NEW.customer_id, column1, column2, column3, column4
    FROM changes, (VALUES ('customer_id',quote(OLD.customer_id),quote(NEW.customer_id),0),
('status',quote(OLD.status),quote(NEW.status),0),
('quoted_on',quote(OLD.quoted_on),quote(NEW.quoted_on),0),
('expires_on',quote(OLD.expires_on),quote(NEW.expires_on),0),
('ordered_on',quote(OLD.ordered_on),quote(NEW.ordered_on),0),
('shipped_on',quote(OLD.shipped_on),quote(NEW.shipped_on),0),
('job_name',quote(OLD.job_name),quote(NEW.job_name),1),
('class',quote(OLD.class),quote(NEW.class),0),
('source',quote(OLD.source),quote(NEW.source),0),
('location',quote(OLD.location),quote(NEW.location),0),
('salesperson_id',quote(OLD.salesperson_id),quote(NEW.salesperson_id),0),
('purchase_order',quote(OLD.purchase_order),quote(NEW.purchase_order),1),
('needed_on',quote(OLD.needed_on),quote(NEW.needed_on),0),
('delivery_text',quote(OLD.delivery_text),quote(NEW.delivery_text),1),
('tax_rate',quote(OLD.tax_rate),quote(NEW.tax_rate),0),
('delivery_charge_cents',quote(OLD.delivery_charge_cents),quote(NEW.delivery_charge_cents),0),
('mileage_charge_cents',quote(OLD.mileage_charge_cents),quote(NEW.mileage_charge_cents),0),
('trip_charge_cents',quote(OLD.trip_charge_cents),quote(NEW.trip_charge_cents),0),
('shipping_charge_cents',quote(OLD.shipping_charge_cents),quote(NEW.shipping_charge_cents),0),
('rush_charge_cents',quote(OLD.rush_charge_cents),quote(NEW.rush_charge_cents),0),
('customer_discount_cents',quote(OLD.customer_discount_cents),quote(NEW.customer_discount_cents),0),
('rebate_cents',quote(OLD.rebate_cents),quote(NEW.rebate_cents),0),
('coupon_cents',quote(OLD.coupon_cents),quote(NEW.coupon_cents),0),
('gift_certificate_cents',quote(OLD.gift_certificate_cents),quote(NEW.gift_certificate_cents),0),
('tax_cents',quote(OLD.tax_cents),quote(NEW.tax_cents),0),
('customer_discount_rate',quote(OLD.customer_discount_rate),quote(NEW.customer_discount_rate),0),
('tax_exempt',quote(OLD.tax_exempt),quote(NEW.tax_exempt),0),
('tax_typed',quote(OLD.tax_typed),quote(NEW.tax_typed),0),
('on_account',quote(OLD.on_account),quote(NEW.on_account),0),
('terms_name',quote(OLD.terms_name),quote(NEW.terms_name),0),
('terms_deposit_rate',quote(OLD.terms_deposit_rate),quote(NEW.terms_deposit_rate),0),
('terms_days',quote(OLD.terms_days),quote(NEW.terms_days),0),
('terms_from',quote(OLD.terms_from),quote(NEW.terms_from),0),
('approved_on',quote(OLD.approved_on),quote(NEW.approved_on),0),
('canceled_on',quote(OLD.canceled_on),quote(NEW.canceled_on),0),
('invoice_number',quote(OLD.invoice_number),quote(NEW.invoice_number),0),
('invoiced_on',quote(OLD.invoiced_on),quote(NEW.invoiced_on),0),
('due_on',quote(OLD.due_on),quote(NEW.due_on),0),
('swap_of',quote(OLD.swap_of),quote(NEW.swap_of),0),
('next_line',quote(OLD.next_line),quote(NEW.next_line),0),
('created_at',quote(OLD.created_at),quote(NEW.created_at),0))
    WHERE seal IS NULL AND column2 IS NOT column3;
END;

CREATE TRIGGER log_documents_delete BEFORE DELETE ON documents WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'documents', OLD.id, OLD.customer_id,
           coalesce('customer_id=' || nullif(quote(OLD.customer_id), 'NULL') || ',', '') || coalesce('status=' || nullif(quote(OLD.status), 'NULL') || ',', '') || coalesce('quoted_on=' || nullif(quote(OLD.quoted_on), 'NULL') || ',', '') || coalesce('expires_on=' || nullif(quote(OLD.expires_on), 'NULL') || ',', '') || coalesce('ordered_on=' || nullif(quote(OLD.ordered_on), 'NULL') || ',', '') || coalesce('shipped_on=' || nullif(quote(OLD.shipped_on), 'NULL') || ',', '') || coalesce('class=' || nullif(quote(OLD.class), 'NULL') || ',', '') || coalesce('source=' || nullif(quote(OLD.source), 'NULL') || ',', '') || coalesce('location=' || nullif(quote(OLD.location), 'NULL') || ',', '') || coalesce('salesperson_id=' || nullif(quote(OLD.salesperson_id), 'NULL') || ',', '') || coalesce('needed_on=' || nullif(quote(OLD.needed_on), 'NULL') || ',', '') || coalesce('tax_rate=' || nullif(quote(OLD.tax_rate), 'NULL') || ',', '') || coalesce('delivery_charge_cents=' || nullif(quote(OLD.delivery_charge_cents), 'NULL') || ',', '') || coalesce('mileage_charge_cents=' || nullif(quote(OLD.mileage_charge_cents), 'NULL') || ',', '') || coalesce('trip_charge_cents=' || nullif(quote(OLD.trip_charge_cents), 'NULL') || ',', '') || coalesce('shipping_charge_cents=' || nullif(quote(OLD.shipping_charge_cents), 'NULL') || ',', '') || coalesce('rush_charge_cents=' || nullif(quote(OLD.rush_charge_cents), 'NULL') || ',', '') || coalesce('customer_discount_cents=' || nullif(quote(OLD.customer_discount_cents), 'NULL') || ',', '') || coalesce('rebate_cents=' || nullif(quote(OLD.rebate_cents), 'NULL') || ',', '') || coalesce('coupon_cents=' || nullif(quote(OLD.coupon_cents), 'NULL') || ',', '') || coalesce('gift_certificate_cents=' || nullif(quote(OLD.gift_certificate_cents), 'NULL') || ',', '') || coalesce('tax_cents=' || nullif(quote(OLD.tax_cents), 'NULL') || ',', '') || coalesce('customer_discount_rate=' || nullif(quote(OLD.customer_discount_rate), 'NULL') || ',', '') || coalesce('tax_exempt=' || nullif(quote(OLD.tax_exempt), 'NULL') || ',', '') || coalesce('tax_typed=' || nullif(quote(OLD.tax_typed), 'NULL') || ',', '') || coalesce('on_account=' || nullif(quote(OLD.on_account), 'NULL') || ',', '') || coalesce('terms_name=' || nullif(quote(OLD.terms_name), 'NULL') || ',', '') || coalesce('terms_deposit_rate=' || nullif(quote(OLD.terms_deposit_rate), 'NULL') || ',', '') || coalesce('terms_days=' || nullif(quote(OLD.terms_days), 'NULL') || ',', '') || coalesce('terms_from=' || nullif(quote(OLD.terms_from), 'NULL') || ',', '') || coalesce('approved_on=' || nullif(quote(OLD.approved_on), 'NULL') || ',', '') || coalesce('canceled_on=' || nullif(quote(OLD.canceled_on), 'NULL') || ',', '') || coalesce('invoice_number=' || nullif(quote(OLD.invoice_number), 'NULL') || ',', '') || coalesce('invoiced_on=' || nullif(quote(OLD.invoiced_on), 'NULL') || ',', '') || coalesce('due_on=' || nullif(quote(OLD.due_on), 'NULL') || ',', '') || coalesce('swap_of=' || nullif(quote(OLD.swap_of), 'NULL') || ',', '') || coalesce('next_line=' || nullif(quote(OLD.next_line), 'NULL') || ',', '') || coalesce('created_at=' || nullif(quote(OLD.created_at), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'documents', OLD.id, OLD.customer_id,
           coalesce('job_name=' || nullif(quote(OLD.job_name), 'NULL') || ',', '') || coalesce('purchase_order=' || nullif(quote(OLD.purchase_order), 'NULL') || ',', '') || coalesce('delivery_text=' || nullif(quote(OLD.delivery_text), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_documents_insert BEFORE INSERT ON documents WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM documents WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM documents WHERE invoice_number = NEW.invoice_number AND invoice_number IS NOT NULL AND NEW.invoice_number IS NOT NULL);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers)) OR (NEW.salesperson_id IS NOT NULL AND NEW.salesperson_id NOT IN (SELECT id FROM staff)) OR (NEW.swap_of IS NOT NULL AND NEW.swap_of NOT IN (SELECT id FROM documents));
END;

CREATE TRIGGER guard_documents_update BEFORE UPDATE ON documents WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM documents WHERE id = NEW.id AND id <> OLD.id) OR EXISTS (SELECT 1 FROM documents WHERE invoice_number = NEW.invoice_number AND invoice_number IS NOT NULL AND NEW.invoice_number IS NOT NULL AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers)) OR (NEW.salesperson_id IS NOT NULL AND NEW.salesperson_id NOT IN (SELECT id FROM staff)) OR (NEW.swap_of IS NOT NULL AND NEW.swap_of NOT IN (SELECT id FROM documents));
END;

CREATE TRIGGER guard_documents_delete BEFORE DELETE ON documents WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'still_referred') WHERE EXISTS (SELECT 1 FROM external_ids WHERE document_id = OLD.id) OR EXISTS (SELECT 1 FROM wallet_entries WHERE document_id = OLD.id) OR EXISTS (SELECT 1 FROM documents WHERE swap_of = OLD.id) OR EXISTS (SELECT 1 FROM document_lines WHERE document_id = OLD.id) OR EXISTS (SELECT 1 FROM line_services WHERE document_id = OLD.id) OR EXISTS (SELECT 1 FROM payments WHERE document_id = OLD.id) OR EXISTS (SELECT 1 FROM refunds WHERE document_id = OLD.id) OR EXISTS (SELECT 1 FROM adjustments WHERE document_id = OLD.id) OR EXISTS (SELECT 1 FROM returns WHERE document_id = OLD.id) OR EXISTS (SELECT 1 FROM return_lines WHERE document_id = OLD.id);
END;

CREATE TRIGGER log_document_lines_insert AFTER INSERT ON document_lines WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'document_lines', NEW.id, (SELECT customer_id FROM documents WHERE id = NEW.document_id),
           coalesce('document_id=' || nullif(quote(NEW.document_id), 'NULL') || ',', '') || coalesce('line=' || nullif(quote(NEW.line), 'NULL') || ',', '') || coalesce('model=' || nullif(quote(NEW.model), 'NULL') || ',', '') || coalesce('description=' || nullif(quote(NEW.description), 'NULL') || ',', '') || coalesce('quantity=' || nullif(quote(NEW.quantity), 'NULL') || ',', '') || coalesce('unit_price_cents=' || nullif(quote(NEW.unit_price_cents), 'NULL') || ',', '') || coalesce('unit_cost_cents=' || nullif(quote(NEW.unit_cost_cents), 'NULL') || ',', '') || coalesce('discount_rate=' || nullif(quote(NEW.discount_rate), 'NULL') || ',', '') || coalesce('discount_cents=' || nullif(quote(NEW.discount_cents), 'NULL') || ',', '') || coalesce('delivery_status=' || nullif(quote(NEW.delivery_status), 'NULL') || ',', '') || coalesce('delivered_on=' || nullif(quote(NEW.delivered_on), 'NULL') || ',', '') || coalesce('scheduled_on=' || nullif(quote(NEW.scheduled_on), 'NULL') || ',', '') || coalesce('delivery_method=' || nullif(quote(NEW.delivery_method), 'NULL') || ',', '') || coalesce('driver=' || nullif(quote(NEW.driver), 'NULL') || ',', '') || coalesce('fulfillment=' || nullif(quote(NEW.fulfillment), 'NULL') || ',', '') || coalesce('condition=' || nullif(quote(NEW.condition), 'NULL') || ',', '') || coalesce('size=' || nullif(quote(NEW.size), 'NULL') || ',', '') || coalesce('colour=' || nullif(quote(NEW.colour), 'NULL') || ',', '') || coalesce('decoration=' || nullif(quote(NEW.decoration), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_document_lines_update AFTER UPDATE OF document_id, line, model, description, quantity, unit_price_cents, unit_cost_cents, discount_rate, discount_cents, delivery_status, delivered_on, scheduled_on, delivery_method, driver, fulfillment, condition, size, colour, decoration ON document_lines WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'document_lines', NEW.id, (SELECT customer_id FROM documents WHERE id = NEW.document_id), column1, column2, column3, column4
    FROM changes, (VALUES ('document_id',quote(OLD.document_id),quote(NEW.document_id),0),
('line',quote(OLD.line),quote(NEW.line),0),
('model',quote(OLD.model),quote(NEW.model),0),
('description',quote(OLD.description),quote(NEW.description),0),
('quantity',quote(OLD.quantity),quote(NEW.quantity),0),
('unit_price_cents',quote(OLD.unit_price_cents),quote(NEW.unit_price_cents),0),
('unit_cost_cents',quote(OLD.unit_cost_cents),quote(NEW.unit_cost_cents),0),
('discount_rate',quote(OLD.discount_rate),quote(NEW.discount_rate),0),
('discount_cents',quote(OLD.discount_cents),quote(NEW.discount_cents),0),
('delivery_status',quote(OLD.delivery_status),quote(NEW.delivery_status),0),
('delivered_on',quote(OLD.delivered_on),quote(NEW.delivered_on),0),
('scheduled_on',quote(OLD.scheduled_on),quote(NEW.scheduled_on),0),
('delivery_method',quote(OLD.delivery_method),quote(NEW.delivery_method),0),
('driver',quote(OLD.driver),quote(NEW.driver),0),
('fulfillment',quote(OLD.fulfillment),quote(NEW.fulfillment),0),
('condition',quote(OLD.condition),quote(NEW.condition),0),
('size',quote(OLD.size),quote(NEW.size),0),
('colour',quote(OLD.colour),quote(NEW.colour),0),
('decoration',quote(OLD.decoration),quote(NEW.decoration),0))
    WHERE seal IS NULL AND column2 IS NOT column3;
END;

CREATE TRIGGER log_document_lines_delete BEFORE DELETE ON document_lines WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'document_lines', OLD.id, (SELECT customer_id FROM documents WHERE id = OLD.document_id),
           coalesce('document_id=' || nullif(quote(OLD.document_id), 'NULL') || ',', '') || coalesce('line=' || nullif(quote(OLD.line), 'NULL') || ',', '') || coalesce('model=' || nullif(quote(OLD.model), 'NULL') || ',', '') || coalesce('description=' || nullif(quote(OLD.description), 'NULL') || ',', '') || coalesce('quantity=' || nullif(quote(OLD.quantity), 'NULL') || ',', '') || coalesce('unit_price_cents=' || nullif(quote(OLD.unit_price_cents), 'NULL') || ',', '') || coalesce('unit_cost_cents=' || nullif(quote(OLD.unit_cost_cents), 'NULL') || ',', '') || coalesce('discount_rate=' || nullif(quote(OLD.discount_rate), 'NULL') || ',', '') || coalesce('discount_cents=' || nullif(quote(OLD.discount_cents), 'NULL') || ',', '') || coalesce('delivery_status=' || nullif(quote(OLD.delivery_status), 'NULL') || ',', '') || coalesce('delivered_on=' || nullif(quote(OLD.delivered_on), 'NULL') || ',', '') || coalesce('scheduled_on=' || nullif(quote(OLD.scheduled_on), 'NULL') || ',', '') || coalesce('delivery_method=' || nullif(quote(OLD.delivery_method), 'NULL') || ',', '') || coalesce('driver=' || nullif(quote(OLD.driver), 'NULL') || ',', '') || coalesce('fulfillment=' || nullif(quote(OLD.fulfillment), 'NULL') || ',', '') || coalesce('condition=' || nullif(quote(OLD.condition), 'NULL') || ',', '') || coalesce('size=' || nullif(quote(OLD.size), 'NULL') || ',', '') || coalesce('colour=' || nullif(quote(OLD.colour), 'NULL') || ',', '') || coalesce('decoration=' || nullif(quote(OLD.decoration), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_document_lines_insert BEFORE INSERT ON document_lines WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM document_lines WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM document_lines WHERE document_id = NEW.document_id AND line = NEW.line);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.document_id IS NOT NULL AND NEW.document_id NOT IN (SELECT id FROM documents));
END;

CREATE TRIGGER guard_document_lines_update BEFORE UPDATE ON document_lines WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM document_lines WHERE id = NEW.id AND id <> OLD.id) OR EXISTS (SELECT 1 FROM document_lines WHERE document_id = NEW.document_id AND line = NEW.line AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.document_id IS NOT NULL AND NEW.document_id NOT IN (SELECT id FROM documents));
END;

CREATE TRIGGER guard_document_lines_delete BEFORE DELETE ON document_lines WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'still_referred') WHERE EXISTS (SELECT 1 FROM line_services WHERE line_id = OLD.id) OR EXISTS (SELECT 1 FROM line_serials WHERE line_id = OLD.id) OR EXISTS (SELECT 1 FROM adjustments WHERE line_id = OLD.id) OR EXISTS (SELECT 1 FROM return_lines WHERE line_id = OLD.id);
END;

CREATE TRIGGER log_line_services_insert AFTER INSERT ON line_services WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'line_services', NEW.id, (SELECT customer_id FROM documents WHERE id = NEW.document_id),
           coalesce('document_id=' || nullif(quote(NEW.document_id), 'NULL') || ',', '') || coalesce('line_id=' || nullif(quote(NEW.line_id), 'NULL') || ',', '') || coalesce('kind=' || nullif(quote(NEW.kind), 'NULL') || ',', '') || coalesce('name=' || nullif(quote(NEW.name), 'NULL') || ',', '') || coalesce('quantity=' || nullif(quote(NEW.quantity), 'NULL') || ',', '') || coalesce('price_cents=' || nullif(quote(NEW.price_cents), 'NULL') || ',', '') || coalesce('cost_cents=' || nullif(quote(NEW.cost_cents), 'NULL') || ',', '') || coalesce('months=' || nullif(quote(NEW.months), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_line_services_update AFTER UPDATE OF document_id, line_id, kind, name, quantity, price_cents, cost_cents, months ON line_services WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'line_services', NEW.id, (SELECT customer_id FROM documents WHERE id = NEW.document_id), column1, column2, column3, column4
    FROM changes, (VALUES ('document_id',quote(OLD.document_id),quote(NEW.document_id),0),
('line_id',quote(OLD.line_id),quote(NEW.line_id),0),
('kind',quote(OLD.kind),quote(NEW.kind),0),
('name',quote(OLD.name),quote(NEW.name),0),
('quantity',quote(OLD.quantity),quote(NEW.quantity),0),
('price_cents',quote(OLD.price_cents),quote(NEW.price_cents),0),
('cost_cents',quote(OLD.cost_cents),quote(NEW.cost_cents),0),
('months',quote(OLD.months),quote(NEW.months),0))
    WHERE seal IS NULL AND column2 IS NOT column3;
END;

CREATE TRIGGER log_line_services_delete BEFORE DELETE ON line_services WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'line_services', OLD.id, (SELECT customer_id FROM documents WHERE id = OLD.document_id),
           coalesce('document_id=' || nullif(quote(OLD.document_id), 'NULL') || ',', '') || coalesce('line_id=' || nullif(quote(OLD.line_id), 'NULL') || ',', '') || coalesce('kind=' || nullif(quote(OLD.kind), 'NULL') || ',', '') || coalesce('name=' || nullif(quote(OLD.name), 'NULL') || ',', '') || coalesce('quantity=' || nullif(quote(OLD.quantity), 'NULL') || ',', '') || coalesce('price_cents=' || nullif(quote(OLD.price_cents), 'NULL') || ',', '') || coalesce('cost_cents=' || nullif(quote(OLD.cost_cents), 'NULL') || ',', '') || coalesce('months=' || nullif(quote(OLD.months), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_line_services_insert BEFORE INSERT ON line_services WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM line_services WHERE id = NEW.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.document_id IS NOT NULL AND NEW.document_id NOT IN (SELECT id FROM documents)) OR (NEW.line_id IS NOT NULL AND NEW.line_id NOT IN (SELECT id FROM document_lines));
END;

CREATE TRIGGER guard_line_services_update BEFORE UPDATE ON line_services WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM line_services WHERE id = NEW.id AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.document_id IS NOT NULL AND NEW.document_id NOT IN (SELECT id FROM documents)) OR (NEW.line_id IS NOT NULL AND NEW.line_id NOT IN (SELECT id FROM document_lines));
END;

CREATE TRIGGER guard_line_services_delete BEFORE DELETE ON line_services WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'still_referred') WHERE EXISTS (SELECT 1 FROM return_lines WHERE service_id = OLD.id);
END;

CREATE TRIGGER log_line_serials_insert AFTER INSERT ON line_serials WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'line_serials', NEW.id, (SELECT d.customer_id FROM documents d JOIN document_lines l ON l.document_id = d.id WHERE l.id = NEW.line_id),
           coalesce('line_id=' || nullif(quote(NEW.line_id), 'NULL') || ',', '') || coalesce('serial=' || nullif(quote(NEW.serial), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_line_serials_update AFTER UPDATE OF line_id, serial ON line_serials WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'line_serials', NEW.id, (SELECT d.customer_id FROM documents d JOIN document_lines l ON l.document_id = d.id WHERE l.id = NEW.line_id), column1, column2, column3, column4
    FROM changes, (VALUES ('line_id',quote(OLD.line_id),quote(NEW.line_id),0),
('serial',quote(OLD.serial),quote(NEW.serial),0))
    WHERE seal IS NULL AND column2 IS NOT column3;
END;

CREATE TRIGGER log_line_serials_delete BEFORE DELETE ON line_serials WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'line_serials', OLD.id, (SELECT d.customer_id FROM documents d JOIN document_lines l ON l.document_id = d.id WHERE l.id = OLD.line_id),
           coalesce('line_id=' || nullif(quote(OLD.line_id), 'NULL') || ',', '') || coalesce('serial=' || nullif(quote(OLD.serial), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_line_serials_insert BEFORE INSERT ON line_serials WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM line_serials WHERE id = NEW.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.line_id IS NOT NULL AND NEW.line_id NOT IN (SELECT id FROM document_lines));
END;

CREATE TRIGGER guard_line_serials_update BEFORE UPDATE ON line_serials WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM line_serials WHERE id = NEW.id AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.line_id IS NOT NULL AND NEW.line_id NOT IN (SELECT id FROM document_lines));
END;

CREATE TRIGGER guard_line_serials_delete BEFORE DELETE ON line_serials WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
END;

CREATE TRIGGER log_payments_insert AFTER INSERT ON payments WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'payments', NEW.id, NEW.customer_id,
           coalesce('customer_id=' || nullif(quote(NEW.customer_id), 'NULL') || ',', '') || coalesce('document_id=' || nullif(quote(NEW.document_id), 'NULL') || ',', '') || coalesce('method=' || nullif(quote(NEW.method), 'NULL') || ',', '') || coalesce('status=' || nullif(quote(NEW.status), 'NULL') || ',', '') || coalesce('amount_cents=' || nullif(quote(NEW.amount_cents), 'NULL') || ',', '') || coalesce('paid_on=' || nullif(quote(NEW.paid_on), 'NULL') || ',', '') || coalesce('term=' || nullif(quote(NEW.term), 'NULL') || ',', '') || coalesce('promo_code=' || nullif(quote(NEW.promo_code), 'NULL') || ',', '') || coalesce('authorization_code=' || nullif(quote(NEW.authorization_code), 'NULL') || ',', '') || coalesce('location=' || nullif(quote(NEW.location), 'NULL') || ',', '') || coalesce('recorded_by=' || nullif(quote(NEW.recorded_by), 'NULL') || ',', '') || coalesce('channel=' || nullif(quote(NEW.channel), 'NULL') || ',', '') || coalesce('fee_cents=' || nullif(quote(NEW.fee_cents), 'NULL') || ',', '') || coalesce('receipt=' || nullif(quote(NEW.receipt), 'NULL') || ',', '') || coalesce('due_on=' || nullif(quote(NEW.due_on), 'NULL') || ',', '') || coalesce('terms_name=' || nullif(quote(NEW.terms_name), 'NULL') || ',', '') || coalesce('ended_on=' || nullif(quote(NEW.ended_on), 'NULL') || ',', '') || coalesce('recorded_at=' || nullif(quote(NEW.recorded_at), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'payments', NEW.id, NEW.customer_id,
           coalesce('reference=' || nullif(quote(NEW.reference), 'NULL') || ',', '') || coalesce('note=' || nullif(quote(NEW.note), 'NULL') || ',', '') || coalesce('description=' || nullif(quote(NEW.description), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_payments_update AFTER UPDATE OF customer_id, document_id, method, status, amount_cents, paid_on, reference, note, term, promo_code, authorization_code, description, location, recorded_by, channel, fee_cents, receipt, due_on, terms_name, ended_on, recorded_at ON payments WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'payments', NEW.id, NEW.customer_id, column1, column2, column3, column4
    FROM changes, (VALUES ('customer_id',quote(OLD.customer_id),quote(NEW.customer_id),0),
('document_id',quote(OLD.document_id),quote(NEW.document_id),0),
('method',quote(OLD.method),quote(NEW.method),0),
('status',quote(OLD.status),quote(NEW.status),0),
('amount_cents',quote(OLD.amount_cents),quote(NEW.amount_cents),0),
('paid_on',quote(OLD.paid_on),quote(NEW.paid_on),0),
('reference',quote(OLD.reference),quote(NEW.reference),1),
('note',quote(OLD.note),quote(NEW.note),1),
('term',quote(OLD.term),quote(NEW.term),0),
('promo_code',quote(OLD.promo_code),quote(NEW.promo_code),0),
('authorization_code',quote(OLD.authorization_code),quote(NEW.authorization_code),0),
('description',quote(OLD.description),quote(NEW.description),1),
('location',quote(OLD.location),quote(NEW.location),0),
('recorded_by',quote(OLD.recorded_by),quote(NEW.recorded_by),0),
('channel',quote(OLD.channel),quote(NEW.channel),0),
('fee_cents',quote(OLD.fee_cents),quote(NEW.fee_cents),0),
('receipt',quote(OLD.receipt),quote(NEW.receipt),0),
('due_on',quote(OLD.due_on),quote(NEW.due_on),0),
('terms_name',quote(OLD.terms_name),quote(NEW.terms_name),0),
('ended_on',quote(OLD.ended_on),quote(NEW.ended_on),0),
('recorded_at',quote(OLD.recorded_at),quote(NEW.recorded_at),0))
    WHERE seal IS NULL AND column2 IS NOT column3;
END;

CREATE TRIGGER log_payments_delete BEFORE DELETE ON payments WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'payments', OLD.id, OLD.customer_id,
           coalesce('customer_id=' || nullif(quote(OLD.customer_id), 'NULL') || ',', '') || coalesce('document_id=' || nullif(quote(OLD.document_id), 'NULL') || ',', '') || coalesce('method=' || nullif(quote(OLD.method), 'NULL') || ',', '') || coalesce('status=' || nullif(quote(OLD.status), 'NULL') || ',', '') || coalesce('amount_cents=' || nullif(quote(OLD.amount_cents), 'NULL') || ',', '') || coalesce('paid_on=' || nullif(quote(OLD.paid_on), 'NULL') || ',', '') || coalesce('term=' || nullif(quote(OLD.term), 'NULL') || ',', '') || coalesce('promo_code=' || nullif(quote(OLD.promo_code), 'NULL') || ',', '') || coalesce('authorization_code=' || nullif(quote(OLD.authorization_code), 'NULL') || ',', '') || coalesce('location=' || nullif(quote(OLD.location), 'NULL') || ',', '') || coalesce('recorded_by=' || nullif(quote(OLD.recorded_by), 'NULL') || ',', '') || coalesce('channel=' || nullif(quote(OLD.channel), 'NULL') || ',', '') || coalesce('fee_cents=' || nullif(quote(OLD.fee_cents), 'NULL') || ',', '') || coalesce('receipt=' || nullif(quote(OLD.receipt), 'NULL') || ',', '') || coalesce('due_on=' || nullif(quote(OLD.due_on), 'NULL') || ',', '') || coalesce('terms_name=' || nullif(quote(OLD.terms_name), 'NULL') || ',', '') || coalesce('ended_on=' || nullif(quote(OLD.ended_on), 'NULL') || ',', '') || coalesce('recorded_at=' || nullif(quote(OLD.recorded_at), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'payments', OLD.id, OLD.customer_id,
           coalesce('reference=' || nullif(quote(OLD.reference), 'NULL') || ',', '') || coalesce('note=' || nullif(quote(OLD.note), 'NULL') || ',', '') || coalesce('description=' || nullif(quote(OLD.description), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_payments_insert BEFORE INSERT ON payments WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM payments WHERE id = NEW.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers)) OR (NEW.document_id IS NOT NULL AND NEW.document_id NOT IN (SELECT id FROM documents));
END;

CREATE TRIGGER guard_payments_update BEFORE UPDATE ON payments WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM payments WHERE id = NEW.id AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers)) OR (NEW.document_id IS NOT NULL AND NEW.document_id NOT IN (SELECT id FROM documents));
END;

CREATE TRIGGER guard_payments_delete BEFORE DELETE ON payments WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'still_referred') WHERE EXISTS (SELECT 1 FROM refunds WHERE payment_id = OLD.id) OR EXISTS (SELECT 1 FROM line_repayments WHERE payment_id = OLD.id);
END;

CREATE TRIGGER log_refunds_insert AFTER INSERT ON refunds WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'refunds', NEW.id, NEW.customer_id,
           coalesce('customer_id=' || nullif(quote(NEW.customer_id), 'NULL') || ',', '') || coalesce('document_id=' || nullif(quote(NEW.document_id), 'NULL') || ',', '') || coalesce('payment_id=' || nullif(quote(NEW.payment_id), 'NULL') || ',', '') || coalesce('return_id=' || nullif(quote(NEW.return_id), 'NULL') || ',', '') || coalesce('method=' || nullif(quote(NEW.method), 'NULL') || ',', '') || coalesce('amount_cents=' || nullif(quote(NEW.amount_cents), 'NULL') || ',', '') || coalesce('reason=' || nullif(quote(NEW.reason), 'NULL') || ',', '') || coalesce('refunded_on=' || nullif(quote(NEW.refunded_on), 'NULL') || ',', '') || coalesce('ended_on=' || nullif(quote(NEW.ended_on), 'NULL') || ',', '') || coalesce('recorded_at=' || nullif(quote(NEW.recorded_at), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'refunds', NEW.id, NEW.customer_id,
           coalesce('note=' || nullif(quote(NEW.note), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_refunds_update AFTER UPDATE OF customer_id, document_id, payment_id, return_id, method, amount_cents, reason, note, refunded_on, ended_on, recorded_at ON refunds WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'refunds', NEW.id, NEW.customer_id, column1, column2, column3, column4
    FROM changes, (VALUES ('customer_id',quote(OLD.customer_id),quote(NEW.customer_id),0),
('document_id',quote(OLD.document_id),quote(NEW.document_id),0),
('payment_id',quote(OLD.payment_id),quote(NEW.payment_id),0),
('return_id',quote(OLD.return_id),quote(NEW.return_id),0),
('method',quote(OLD.method),quote(NEW.method),0),
('amount_cents',quote(OLD.amount_cents),quote(NEW.amount_cents),0),
('reason',quote(OLD.reason),quote(NEW.reason),0),
('note',quote(OLD.note),quote(NEW.note),1),
('refunded_on',quote(OLD.refunded_on),quote(NEW.refunded_on),0),
('ended_on',quote(OLD.ended_on),quote(NEW.ended_on),0),
('recorded_at',quote(OLD.recorded_at),quote(NEW.recorded_at),0))
    WHERE seal IS NULL AND column2 IS NOT column3;
END;

CREATE TRIGGER log_refunds_delete BEFORE DELETE ON refunds WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'refunds', OLD.id, OLD.customer_id,
           coalesce('customer_id=' || nullif(quote(OLD.customer_id), 'NULL') || ',', '') || coalesce('document_id=' || nullif(quote(OLD.document_id), 'NULL') || ',', '') || coalesce('payment_id=' || nullif(quote(OLD.payment_id), 'NULL') || ',', '') || coalesce('return_id=' || nullif(quote(OLD.return_id), 'NULL') || ',', '') || coalesce('method=' || nullif(quote(OLD.method), 'NULL') || ',', '') || coalesce('amount_cents=' || nullif(quote(OLD.amount_cents), 'NULL') || ',', '') || coalesce('reason=' || nullif(quote(OLD.reason), 'NULL') || ',', '') || coalesce('refunded_on=' || nullif(quote(OLD.refunded_on), 'NULL') || ',', '') || coalesce('ended_on=' || nullif(quote(OLD.ended_on), 'NULL') || ',', '') || coalesce('recorded_at=' || nullif(quote(OLD.recorded_at), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'refunds', OLD.id, OLD.customer_id,
           coalesce('note=' || nullif(quote(OLD.note), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_refunds_insert BEFORE INSERT ON refunds WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM refunds WHERE id = NEW.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers)) OR (NEW.document_id IS NOT NULL AND NEW.document_id NOT IN (SELECT id FROM documents)) OR (NEW.payment_id IS NOT NULL AND NEW.payment_id NOT IN (SELECT id FROM payments)) OR (NEW.return_id IS NOT NULL AND NEW.return_id NOT IN (SELECT id FROM returns));
END;

CREATE TRIGGER guard_refunds_update BEFORE UPDATE ON refunds WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM refunds WHERE id = NEW.id AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers)) OR (NEW.document_id IS NOT NULL AND NEW.document_id NOT IN (SELECT id FROM documents)) OR (NEW.payment_id IS NOT NULL AND NEW.payment_id NOT IN (SELECT id FROM payments)) OR (NEW.return_id IS NOT NULL AND NEW.return_id NOT IN (SELECT id FROM returns));
END;

CREATE TRIGGER guard_refunds_delete BEFORE DELETE ON refunds WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
END;

CREATE TRIGGER log_adjustments_insert AFTER INSERT ON adjustments WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'adjustments', NEW.id, NEW.customer_id,
           coalesce('customer_id=' || nullif(quote(NEW.customer_id), 'NULL') || ',', '') || coalesce('document_id=' || nullif(quote(NEW.document_id), 'NULL') || ',', '') || coalesce('line_id=' || nullif(quote(NEW.line_id), 'NULL') || ',', '') || coalesce('kind=' || nullif(quote(NEW.kind), 'NULL') || ',', '') || coalesce('amount_cents=' || nullif(quote(NEW.amount_cents), 'NULL') || ',', '') || coalesce('reason=' || nullif(quote(NEW.reason), 'NULL') || ',', '') || coalesce('adjusted_on=' || nullif(quote(NEW.adjusted_on), 'NULL') || ',', '') || coalesce('ended_on=' || nullif(quote(NEW.ended_on), 'NULL') || ',', '') || coalesce('recorded_at=' || nullif(quote(NEW.recorded_at), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_adjustments_update AFTER UPDATE OF customer_id, document_id, line_id, kind, amount_cents, reason, adjusted_on, ended_on, recorded_at ON adjustments WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'adjustments', NEW.id, NEW.customer_id, column1, column2, column3, column4
    FROM changes, (VALUES ('customer_id',quote(OLD.customer_id),quote(NEW.customer_id),0),
('document_id',quote(OLD.document_id),quote(NEW.document_id),0),
('line_id',quote(OLD.line_id),quote(NEW.line_id),0),
('kind',quote(OLD.kind),quote(NEW.kind),0),
('amount_cents',quote(OLD.amount_cents),quote(NEW.amount_cents),0),
('reason',quote(OLD.reason),quote(NEW.reason),0),
('adjusted_on',quote(OLD.adjusted_on),quote(NEW.adjusted_on),0),
('ended_on',quote(OLD.ended_on),quote(NEW.ended_on),0),
('recorded_at',quote(OLD.recorded_at),quote(NEW.recorded_at),0))
    WHERE seal IS NULL AND column2 IS NOT column3;
END;

CREATE TRIGGER log_adjustments_delete BEFORE DELETE ON adjustments WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'adjustments', OLD.id, OLD.customer_id,
           coalesce('customer_id=' || nullif(quote(OLD.customer_id), 'NULL') || ',', '') || coalesce('document_id=' || nullif(quote(OLD.document_id), 'NULL') || ',', '') || coalesce('line_id=' || nullif(quote(OLD.line_id), 'NULL') || ',', '') || coalesce('kind=' || nullif(quote(OLD.kind), 'NULL') || ',', '') || coalesce('amount_cents=' || nullif(quote(OLD.amount_cents), 'NULL') || ',', '') || coalesce('reason=' || nullif(quote(OLD.reason), 'NULL') || ',', '') || coalesce('adjusted_on=' || nullif(quote(OLD.adjusted_on), 'NULL') || ',', '') || coalesce('ended_on=' || nullif(quote(OLD.ended_on), 'NULL') || ',', '') || coalesce('recorded_at=' || nullif(quote(OLD.recorded_at), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_adjustments_insert BEFORE INSERT ON adjustments WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM adjustments WHERE id = NEW.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers)) OR (NEW.document_id IS NOT NULL AND NEW.document_id NOT IN (SELECT id FROM documents)) OR (NEW.line_id IS NOT NULL AND NEW.line_id NOT IN (SELECT id FROM document_lines));
END;

CREATE TRIGGER guard_adjustments_update BEFORE UPDATE ON adjustments WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM adjustments WHERE id = NEW.id AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers)) OR (NEW.document_id IS NOT NULL AND NEW.document_id NOT IN (SELECT id FROM documents)) OR (NEW.line_id IS NOT NULL AND NEW.line_id NOT IN (SELECT id FROM document_lines));
END;

CREATE TRIGGER guard_adjustments_delete BEFORE DELETE ON adjustments WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
END;

CREATE TRIGGER log_returns_insert AFTER INSERT ON returns WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'returns', NEW.id, NEW.customer_id,
           coalesce('customer_id=' || nullif(quote(NEW.customer_id), 'NULL') || ',', '') || coalesce('document_id=' || nullif(quote(NEW.document_id), 'NULL') || ',', '') || coalesce('returned_on=' || nullif(quote(NEW.returned_on), 'NULL') || ',', '') || coalesce('reason=' || nullif(quote(NEW.reason), 'NULL') || ',', '') || coalesce('discount_cents=' || nullif(quote(NEW.discount_cents), 'NULL') || ',', '') || coalesce('delivery_cents=' || nullif(quote(NEW.delivery_cents), 'NULL') || ',', '') || coalesce('tax_cents=' || nullif(quote(NEW.tax_cents), 'NULL') || ',', '') || coalesce('restocking_cents=' || nullif(quote(NEW.restocking_cents), 'NULL') || ',', '') || coalesce('ended_on=' || nullif(quote(NEW.ended_on), 'NULL') || ',', '') || coalesce('recorded_at=' || nullif(quote(NEW.recorded_at), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_returns_update AFTER UPDATE OF customer_id, document_id, returned_on, reason, discount_cents, delivery_cents, tax_cents, restocking_cents, ended_on, recorded_at ON returns WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'returns', NEW.id, NEW.customer_id, column1, column2, column3, column4
    FROM changes, (VALUES ('customer_id',quote(OLD.customer_id),quote(NEW.customer_id),0),
('document_id',quote(OLD.document_id),quote(NEW.document_id),0),
('returned_on',quote(OLD.returned_on),quote(NEW.returned_on),0),
('reason',quote(OLD.reason),quote(NEW.reason),0),
('discount_cents',quote(OLD.discount_cents),quote(NEW.discount_cents),0),
('delivery_cents',quote(OLD.delivery_cents),quote(NEW.delivery_cents),0),
('tax_cents',quote(OLD.tax_cents),quote(NEW.tax_cents),0),
('restocking_cents',quote(OLD.restocking_cents),quote(NEW.restocking_cents),0),
('ended_on',quote(OLD.ended_on),quote(NEW.ended_on),0),
('recorded_at',quote(OLD.recorded_at),quote(NEW.recorded_at),0))
    WHERE seal IS NULL AND column2 IS NOT column3;
END;

CREATE TRIGGER log_returns_delete BEFORE DELETE ON returns WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'returns', OLD.id, OLD.customer_id,
           coalesce('customer_id=' || nullif(quote(OLD.customer_id), 'NULL') || ',', '') || coalesce('document_id=' || nullif(quote(OLD.document_id), 'NULL') || ',', '') || coalesce('returned_on=' || nullif(quote(OLD.returned_on), 'NULL') || ',', '') || coalesce('reason=' || nullif(quote(OLD.reason), 'NULL') || ',', '') || coalesce('discount_cents=' || nullif(quote(OLD.discount_cents), 'NULL') || ',', '') || coalesce('delivery_cents=' || nullif(quote(OLD.delivery_cents), 'NULL') || ',', '') || coalesce('tax_cents=' || nullif(quote(OLD.tax_cents), 'NULL') || ',', '') || coalesce('restocking_cents=' || nullif(quote(OLD.restocking_cents), 'NULL') || ',', '') || coalesce('ended_on=' || nullif(quote(OLD.ended_on), 'NULL') || ',', '') || coalesce('recorded_at=' || nullif(quote(OLD.recorded_at), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_returns_insert BEFORE INSERT ON returns WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM returns WHERE id = NEW.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers)) OR (NEW.document_id IS NOT NULL AND NEW.document_id NOT IN (SELECT id FROM documents));
END;

CREATE TRIGGER guard_returns_update BEFORE UPDATE ON returns WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM returns WHERE id = NEW.id AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers)) OR (NEW.document_id IS NOT NULL AND NEW.document_id NOT IN (SELECT id FROM documents));
END;

CREATE TRIGGER guard_returns_delete BEFORE DELETE ON returns WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'still_referred') WHERE EXISTS (SELECT 1 FROM refunds WHERE return_id = OLD.id) OR EXISTS (SELECT 1 FROM return_lines WHERE return_id = OLD.id) OR EXISTS (SELECT 1 FROM line_repayments WHERE return_id = OLD.id);
END;

CREATE TRIGGER log_return_lines_insert AFTER INSERT ON return_lines WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'return_lines', NEW.id, (SELECT customer_id FROM documents WHERE id = NEW.document_id),
           coalesce('document_id=' || nullif(quote(NEW.document_id), 'NULL') || ',', '') || coalesce('return_id=' || nullif(quote(NEW.return_id), 'NULL') || ',', '') || coalesce('line_id=' || nullif(quote(NEW.line_id), 'NULL') || ',', '') || coalesce('service_id=' || nullif(quote(NEW.service_id), 'NULL') || ',', '') || coalesce('quantity=' || nullif(quote(NEW.quantity), 'NULL') || ',', '') || coalesce('amount_cents=' || nullif(quote(NEW.amount_cents), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_return_lines_update AFTER UPDATE OF document_id, return_id, line_id, service_id, quantity, amount_cents ON return_lines WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'return_lines', NEW.id, (SELECT customer_id FROM documents WHERE id = NEW.document_id), column1, column2, column3, column4
    FROM changes, (VALUES ('document_id',quote(OLD.document_id),quote(NEW.document_id),0),
('return_id',quote(OLD.return_id),quote(NEW.return_id),0),
('line_id',quote(OLD.line_id),quote(NEW.line_id),0),
('service_id',quote(OLD.service_id),quote(NEW.service_id),0),
('quantity',quote(OLD.quantity),quote(NEW.quantity),0),
('amount_cents',quote(OLD.amount_cents),quote(NEW.amount_cents),0))
    WHERE seal IS NULL AND column2 IS NOT column3;
END;

CREATE TRIGGER log_return_lines_delete BEFORE DELETE ON return_lines WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'return_lines', OLD.id, (SELECT customer_id FROM documents WHERE id = OLD.document_id),
           coalesce('document_id=' || nullif(quote(OLD.document_id), 'NULL') || ',', '') || coalesce('return_id=' || nullif(quote(OLD.return_id), 'NULL') || ',', '') || coalesce('line_id=' || nullif(quote(OLD.line_id), 'NULL') || ',', '') || coalesce('service_id=' || nullif(quote(OLD.service_id), 'NULL') || ',', '') || coalesce('quantity=' || nullif(quote(OLD.quantity), 'NULL') || ',', '') || coalesce('amount_cents=' || nullif(quote(OLD.amount_cents), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_return_lines_insert BEFORE INSERT ON return_lines WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM return_lines WHERE id = NEW.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.document_id IS NOT NULL AND NEW.document_id NOT IN (SELECT id FROM documents)) OR (NEW.return_id IS NOT NULL AND NEW.return_id NOT IN (SELECT id FROM returns)) OR (NEW.line_id IS NOT NULL AND NEW.line_id NOT IN (SELECT id FROM document_lines)) OR (NEW.service_id IS NOT NULL AND NEW.service_id NOT IN (SELECT id FROM line_services));
END;

CREATE TRIGGER guard_return_lines_update BEFORE UPDATE ON return_lines WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM return_lines WHERE id = NEW.id AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.document_id IS NOT NULL AND NEW.document_id NOT IN (SELECT id FROM documents)) OR (NEW.return_id IS NOT NULL AND NEW.return_id NOT IN (SELECT id FROM returns)) OR (NEW.line_id IS NOT NULL AND NEW.line_id NOT IN (SELECT id FROM document_lines)) OR (NEW.service_id IS NOT NULL AND NEW.service_id NOT IN (SELECT id FROM line_services));
END;

CREATE TRIGGER guard_return_lines_delete BEFORE DELETE ON return_lines WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
END;

CREATE TRIGGER log_line_repayments_insert AFTER INSERT ON line_repayments WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'line_repayments', NEW.id, NEW.customer_id,
           coalesce('customer_id=' || nullif(quote(NEW.customer_id), 'NULL') || ',', '') || coalesce('payment_id=' || nullif(quote(NEW.payment_id), 'NULL') || ',', '') || coalesce('method=' || nullif(quote(NEW.method), 'NULL') || ',', '') || coalesce('status=' || nullif(quote(NEW.status), 'NULL') || ',', '') || coalesce('amount_cents=' || nullif(quote(NEW.amount_cents), 'NULL') || ',', '') || coalesce('paid_on=' || nullif(quote(NEW.paid_on), 'NULL') || ',', '') || coalesce('receipt=' || nullif(quote(NEW.receipt), 'NULL') || ',', '') || coalesce('return_id=' || nullif(quote(NEW.return_id), 'NULL') || ',', '') || coalesce('location=' || nullif(quote(NEW.location), 'NULL') || ',', '') || coalesce('recorded_by=' || nullif(quote(NEW.recorded_by), 'NULL') || ',', '') || coalesce('ended_on=' || nullif(quote(NEW.ended_on), 'NULL') || ',', '') || coalesce('recorded_at=' || nullif(quote(NEW.recorded_at), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, new, personal)
    SELECT id, 'insert', 'line_repayments', NEW.id, NEW.customer_id,
           coalesce('reference=' || nullif(quote(NEW.reference), 'NULL') || ',', '') || coalesce('note=' || nullif(quote(NEW.note), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER log_line_repayments_update AFTER UPDATE OF customer_id, payment_id, method, status, amount_cents, paid_on, reference, note, receipt, return_id, location, recorded_by, ended_on, recorded_at ON line_repayments WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, field, old, new, personal)
    SELECT id, 'update', 'line_repayments', NEW.id, NEW.customer_id, column1, column2, column3, column4
    FROM changes, (VALUES ('customer_id',quote(OLD.customer_id),quote(NEW.customer_id),0),
('payment_id',quote(OLD.payment_id),quote(NEW.payment_id),0),
('method',quote(OLD.method),quote(NEW.method),0),
('status',quote(OLD.status),quote(NEW.status),0),
('amount_cents',quote(OLD.amount_cents),quote(NEW.amount_cents),0),
('paid_on',quote(OLD.paid_on),quote(NEW.paid_on),0),
('reference',quote(OLD.reference),quote(NEW.reference),1),
('note',quote(OLD.note),quote(NEW.note),1),
('receipt',quote(OLD.receipt),quote(NEW.receipt),0),
('return_id',quote(OLD.return_id),quote(NEW.return_id),0),
('location',quote(OLD.location),quote(NEW.location),0),
('recorded_by',quote(OLD.recorded_by),quote(NEW.recorded_by),0),
('ended_on',quote(OLD.ended_on),quote(NEW.ended_on),0),
('recorded_at',quote(OLD.recorded_at),quote(NEW.recorded_at),0))
    WHERE seal IS NULL AND column2 IS NOT column3;
END;

CREATE TRIGGER log_line_repayments_delete BEFORE DELETE ON line_repayments WHEN NOT EXISTS (SELECT 1 FROM session WHERE unlogged = 1)
BEGIN
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'line_repayments', OLD.id, OLD.customer_id,
           coalesce('customer_id=' || nullif(quote(OLD.customer_id), 'NULL') || ',', '') || coalesce('payment_id=' || nullif(quote(OLD.payment_id), 'NULL') || ',', '') || coalesce('method=' || nullif(quote(OLD.method), 'NULL') || ',', '') || coalesce('status=' || nullif(quote(OLD.status), 'NULL') || ',', '') || coalesce('amount_cents=' || nullif(quote(OLD.amount_cents), 'NULL') || ',', '') || coalesce('paid_on=' || nullif(quote(OLD.paid_on), 'NULL') || ',', '') || coalesce('receipt=' || nullif(quote(OLD.receipt), 'NULL') || ',', '') || coalesce('return_id=' || nullif(quote(OLD.return_id), 'NULL') || ',', '') || coalesce('location=' || nullif(quote(OLD.location), 'NULL') || ',', '') || coalesce('recorded_by=' || nullif(quote(OLD.recorded_by), 'NULL') || ',', '') || coalesce('ended_on=' || nullif(quote(OLD.ended_on), 'NULL') || ',', '') || coalesce('recorded_at=' || nullif(quote(OLD.recorded_at), 'NULL') || ',', ''), 0 FROM changes WHERE seal IS NULL;
  INSERT INTO changelog (change_id, operation, tbl, row_id, subject, old, personal)
    SELECT id, 'delete', 'line_repayments', OLD.id, OLD.customer_id,
           coalesce('reference=' || nullif(quote(OLD.reference), 'NULL') || ',', '') || coalesce('note=' || nullif(quote(OLD.note), 'NULL') || ',', ''), 1 FROM changes WHERE seal IS NULL;
END;

CREATE TRIGGER guard_line_repayments_insert BEFORE INSERT ON line_repayments WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM line_repayments WHERE id = NEW.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers)) OR (NEW.payment_id IS NOT NULL AND NEW.payment_id NOT IN (SELECT id FROM payments)) OR (NEW.return_id IS NOT NULL AND NEW.return_id NOT IN (SELECT id FROM returns));
END;

CREATE TRIGGER guard_line_repayments_update BEFORE UPDATE ON line_repayments WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
  SELECT raise(ABORT, 'already_there') WHERE EXISTS (SELECT 1 FROM line_repayments WHERE id = NEW.id AND id <> OLD.id);
  SELECT raise(ABORT, 'no_such_row') WHERE (NEW.customer_id IS NOT NULL AND NEW.customer_id NOT IN (SELECT id FROM customers)) OR (NEW.payment_id IS NOT NULL AND NEW.payment_id NOT IN (SELECT id FROM payments)) OR (NEW.return_id IS NOT NULL AND NEW.return_id NOT IN (SELECT id FROM returns));
END;

CREATE TRIGGER guard_line_repayments_delete BEFORE DELETE ON line_repayments WHEN NOT EXISTS (SELECT 1 FROM session)
BEGIN
  INSERT INTO outside_change VALUES (1);
END;

CREATE TRIGGER figures_customers_update AFTER UPDATE OF touched_on ON customers WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = NEW.id)
    WHERE customer_id = NEW.id;
END;

CREATE TRIGGER figures_documents_insert AFTER INSERT ON documents WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = NEW.customer_id)
    WHERE customer_id = NEW.customer_id;
END;

CREATE TRIGGER figures_documents_delete AFTER DELETE ON documents WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = OLD.customer_id)
    WHERE customer_id = OLD.customer_id;
END;

CREATE TRIGGER figures_documents_update AFTER UPDATE OF customer_id, status, quoted_on, ordered_on, swap_of, goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines, delivery_charge_cents, mileage_charge_cents, trip_charge_cents, shipping_charge_cents, rush_charge_cents, customer_discount_cents, rebate_cents, coupon_cents, gift_certificate_cents, tax_cents ON documents WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = OLD.customer_id)
    WHERE customer_id = OLD.customer_id;
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = NEW.customer_id)
    WHERE customer_id = NEW.customer_id;
END;

CREATE TRIGGER figures_payments_insert AFTER INSERT ON payments WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = NEW.customer_id)
    WHERE customer_id = NEW.customer_id;
END;

CREATE TRIGGER figures_payments_delete AFTER DELETE ON payments WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = OLD.customer_id)
    WHERE customer_id = OLD.customer_id;
END;

CREATE TRIGGER figures_payments_update AFTER UPDATE OF customer_id, paid_on ON payments WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = OLD.customer_id)
    WHERE customer_id = OLD.customer_id;
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = NEW.customer_id)
    WHERE customer_id = NEW.customer_id;
END;

CREATE TRIGGER figures_notes_insert AFTER INSERT ON notes WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = NEW.customer_id)
    WHERE customer_id = NEW.customer_id;
END;

CREATE TRIGGER figures_notes_delete AFTER DELETE ON notes WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = OLD.customer_id)
    WHERE customer_id = OLD.customer_id;
END;

CREATE TRIGGER figures_notes_update AFTER UPDATE OF customer_id, written_on ON notes WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = OLD.customer_id)
    WHERE customer_id = OLD.customer_id;
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = NEW.customer_id)
    WHERE customer_id = NEW.customer_id;
END;

CREATE TRIGGER figures_wallet_entries_insert AFTER INSERT ON wallet_entries WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = NEW.customer_id)
    WHERE customer_id = NEW.customer_id;
END;

CREATE TRIGGER figures_wallet_entries_delete AFTER DELETE ON wallet_entries WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = OLD.customer_id)
    WHERE customer_id = OLD.customer_id;
END;

CREATE TRIGGER figures_wallet_entries_update AFTER UPDATE OF customer_id, entered_on ON wallet_entries WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = OLD.customer_id)
    WHERE customer_id = OLD.customer_id;
  UPDATE customer_figures SET (stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents) = (SELECT stage, orders, lifetime_value_cents, first_order_on, last_order_on, last_activity_on, owed_cents, credit_cents FROM customer_figures_live WHERE customer_id = NEW.customer_id)
    WHERE customer_id = NEW.customer_id;
END;

CREATE TRIGGER sums_document_lines_insert AFTER INSERT ON document_lines WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE documents SET (goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = NEW.document_id)
    WHERE id = NEW.document_id;
END;

CREATE TRIGGER sums_document_lines_delete AFTER DELETE ON document_lines WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE documents SET (goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = OLD.document_id)
    WHERE id = OLD.document_id;
END;

CREATE TRIGGER sums_document_lines_update AFTER UPDATE OF document_id, quantity, unit_price_cents, discount_rate, discount_cents, delivery_status, delivered_on ON document_lines WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE documents SET (goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = OLD.document_id)
    WHERE id = OLD.document_id;
  UPDATE documents SET (goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = NEW.document_id)
    WHERE id = NEW.document_id;
END;

CREATE TRIGGER sums_line_services_insert AFTER INSERT ON line_services WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE documents SET (goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = NEW.document_id)
    WHERE id = NEW.document_id;
END;

CREATE TRIGGER sums_line_services_delete AFTER DELETE ON line_services WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE documents SET (goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = OLD.document_id)
    WHERE id = OLD.document_id;
END;

CREATE TRIGGER sums_line_services_update AFTER UPDATE OF document_id, quantity, price_cents ON line_services WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE documents SET (goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = OLD.document_id)
    WHERE id = OLD.document_id;
  UPDATE documents SET (goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = NEW.document_id)
    WHERE id = NEW.document_id;
END;

CREATE TRIGGER sums_return_lines_insert AFTER INSERT ON return_lines WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE documents SET (goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = NEW.document_id)
    WHERE id = NEW.document_id;
END;

CREATE TRIGGER sums_return_lines_delete AFTER DELETE ON return_lines WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE documents SET (goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = OLD.document_id)
    WHERE id = OLD.document_id;
END;

CREATE TRIGGER sums_returns_insert AFTER INSERT ON returns WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE documents SET (goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = NEW.document_id)
    WHERE id = NEW.document_id;
END;

CREATE TRIGGER sums_returns_delete AFTER DELETE ON returns WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE documents SET (goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = OLD.document_id)
    WHERE id = OLD.document_id;
END;

CREATE TRIGGER sums_returns_update AFTER UPDATE OF ended_on ON returns WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE documents SET (goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = NEW.document_id)
    WHERE id = NEW.document_id;
END;

CREATE TRIGGER sums_adjustments_insert AFTER INSERT ON adjustments WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE documents SET (goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = NEW.document_id)
    WHERE id = NEW.document_id;
END;

CREATE TRIGGER sums_adjustments_delete AFTER DELETE ON adjustments WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE documents SET (goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = OLD.document_id)
    WHERE id = OLD.document_id;
END;

CREATE TRIGGER sums_adjustments_update AFTER UPDATE OF ended_on ON adjustments WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE documents SET (goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = NEW.document_id)
    WHERE id = NEW.document_id;
END;

CREATE TRIGGER sums_refunds_insert AFTER INSERT ON refunds WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE documents SET (goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = NEW.document_id)
    WHERE id = NEW.document_id;
END;

CREATE TRIGGER sums_refunds_delete AFTER DELETE ON refunds WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE documents SET (goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = OLD.document_id)
    WHERE id = OLD.document_id;
END;

CREATE TRIGGER sums_refunds_update AFTER UPDATE OF ended_on ON refunds WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE documents SET (goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = NEW.document_id)
    WHERE id = NEW.document_id;
END;

CREATE TRIGGER sums_payments_insert AFTER INSERT ON payments WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE documents SET (goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = NEW.document_id)
    WHERE id = NEW.document_id;
END;

CREATE TRIGGER sums_payments_delete AFTER DELETE ON payments WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE documents SET (goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = OLD.document_id)
    WHERE id = OLD.document_id;
END;

CREATE TRIGGER sums_payments_update AFTER UPDATE OF document_id, status, method, amount_cents ON payments WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE documents SET (goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = OLD.document_id)
    WHERE id = OLD.document_id;
  UPDATE documents SET (goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines) = (SELECT goods_cents, services_cents, returned_cents, adjusted_cents, paid_cents, pending_cents, written_off_cents, open_lines, returned_lines FROM document_figures_live WHERE document_id = NEW.document_id)
    WHERE id = NEW.document_id;
END;

CREATE TRIGGER search_contacts_insert AFTER INSERT ON contacts WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customers SET sort_name = NULL WHERE id = NEW.customer_id AND sort_name IS NOT NULL;
END;

CREATE TRIGGER search_contacts_delete AFTER DELETE ON contacts WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customers SET sort_name = NULL WHERE id = OLD.customer_id AND sort_name IS NOT NULL;
END;

CREATE TRIGGER search_contacts_update AFTER UPDATE OF customer_id, first_name, last_name, phone_key, email ON contacts WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customers SET sort_name = NULL WHERE id = NEW.customer_id AND sort_name IS NOT NULL;
END;

CREATE TRIGGER search_billing_emails_insert AFTER INSERT ON billing_emails WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customers SET sort_name = NULL WHERE id = NEW.customer_id AND sort_name IS NOT NULL;
END;

CREATE TRIGGER search_billing_emails_delete AFTER DELETE ON billing_emails WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customers SET sort_name = NULL WHERE id = OLD.customer_id AND sort_name IS NOT NULL;
END;

CREATE TRIGGER search_billing_emails_update AFTER UPDATE OF customer_id, email ON billing_emails WHEN NOT EXISTS (SELECT 1 FROM session WHERE bulk = 1)
BEGIN
  UPDATE customers SET sort_name = NULL WHERE id = NEW.customer_id AND sort_name IS NOT NULL;
END;

PRAGMA application_id = 1752523297;
PRAGMA user_version = 2;
