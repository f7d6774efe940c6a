-- The role that Footprint serves with on PostgreSQL: it owns nothing, and what only grows it may only read and add to.
--
-- Run as the owner of the tables (who may also create roles), once the ledger's and the site's are made, and again after
-- every upgrade:
--
--     FOOTPRINT_DATABASE=postgresql://OWNER@HOST/footprint footprint ledger prepare
--     psql --set ON_ERROR_STOP=1 --dbname postgresql://OWNER@HOST/footprint --file deploy/postgresql-roles.sql
--     psql --dbname postgresql://OWNER@HOST/footprint --command '\password footprint_web'
--
-- Then let FOOTPRINT_DATABASE of every service name the role footprint_web. Keep the owner's password off that machine.

BEGIN;

DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'footprint_web') THEN
        CREATE ROLE footprint_web LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
    END IF;
END $$;

DO $$
DECLARE
    here text := current_schema();
    one text;
    may text;
    -- What each table lets the role do, where that is less than to read, add, change and remove. A key is removed when a
    -- value is erased, and never changed; another master key is put in place by the owner.
    less text[][] := ARRAY[
        ['ledger_entry', 'SELECT, INSERT'],
        ['ledger_subject', 'SELECT, INSERT'],
        ['ledger_node', 'SELECT, INSERT'],
        ['ledger_head', 'SELECT, INSERT'],
        ['ledger_key', 'SELECT, INSERT, DELETE'],
        ['decision', 'SELECT, INSERT'],
        ['decision_undone', 'SELECT, INSERT'],
        ['django_migrations', 'SELECT']
    ];
BEGIN
    IF EXISTS (SELECT FROM pg_class WHERE relowner = 'footprint_web'::regrole)
        OR EXISTS (SELECT FROM pg_proc WHERE proowner = 'footprint_web'::regrole) THEN
        RAISE EXCEPTION 'footprint_web owns something in this database: an owner can change and remove it. Give it to another.';
    END IF;
    IF EXISTS (SELECT FROM pg_auth_members WHERE member = 'footprint_web'::regrole) THEN
        RAISE EXCEPTION 'footprint_web is a member of another role, and may do all that that one may. Revoke it.';
    END IF;
    -- Tables that hide the true ones, for a session's own use, are of no use to us.
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC, footprint_web', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO footprint_web', current_database());
    EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC, footprint_web', here);
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO footprint_web', here);
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM PUBLIC, footprint_web', here);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO footprint_web', here);
    EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %I TO footprint_web', here);
    FOREACH one IN ARRAY less[:][1:1] LOOP
        IF to_regclass(format('%I.%I', here, one)) IS NOT NULL THEN
            SELECT less[i][2] INTO may FROM generate_subscripts(less, 1) AS i WHERE less[i][1] = one;
            EXECUTE format('REVOKE ALL ON %I.%I FROM footprint_web', here, one);
            EXECUTE format('GRANT %s ON %I.%I TO footprint_web', may, here, one);
        END IF;
    END LOOP;
END $$;

COMMIT;
