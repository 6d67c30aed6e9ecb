"""The second wall: PostgreSQL itself shows a session only the rows of the sites it named.

SQLite has no such wall; there the file is one clinic's, and the managers of ``site_owned`` are the wall.
"""

from typing import Any

from django.apps import apps
from django.db import connections

from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.site_owned import SiteOwned

__all__ = ["check_walls_hold", "put_up_walls", "walled_tables"]

POLICY = "own_sites_only"
RULE = (
    "current_setting('enthesis.sites', true) = 'all' OR "
    "site_id::text = ANY(string_to_array(current_setting('enthesis.sites', true), ','))"
)


def walled_tables() -> list[str]:
    """Table of every model whose rows belong to a site; ``walled`` marks one that is not SiteOwned."""
    return sorted(
        m._meta.db_table for m in apps.get_models() if issubclass(m, SiteOwned) or getattr(m, "walled", False)
    )


def check_walls_hold(using: str) -> None:
    """Raise InvalidData when the database's user stands above row-level security."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        name, is_above = cursor.fetchone()
    if is_above:
        message = f"the user '{name}' of PostgreSQL may pass row-level security, so sites would not be apart."
        repair = f"ALTER ROLE {name} NOSUPERUSER NOBYPASSRLS, or make a user of its own for Enthesis."
        raise InvalidData(Fault(message, "ENTHESIS_DATABASE_URL", repair))


def put_up_walls(using: str, **_: Any) -> None:
    """Row-level security on every site-owned table, forced, so that the owner of the tables meets it too.

    Raises:
        InvalidData: The database's user stands above row-level security.
    """
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    check_walls_hold(using)
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        for table in present.intersection(walled_tables()):
            cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
            cursor.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
            cursor.execute(f'DROP POLICY IF EXISTS {POLICY} ON "{table}"')
            cursor.execute(f'CREATE POLICY {POLICY} ON "{table}" USING ({RULE}) WITH CHECK ({RULE})')
