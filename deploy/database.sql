-- The role and database of Enthesis, made when missing. NOSUPERUSER and NOBYPASSRLS: row-level security is the
-- second wall between sites, and PostgreSQL does not show it to a superuser.
SELECT 'CREATE ROLE enthesis LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'enthesis') \gexec
ALTER ROLE enthesis NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
SELECT 'CREATE DATABASE enthesis OWNER enthesis ENCODING ''UTF8'' TEMPLATE template0'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'enthesis') \gexec
REVOKE ALL ON DATABASE enthesis FROM PUBLIC;
