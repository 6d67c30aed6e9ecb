"""The table of the cache that all worker processes share: counts of wrong codes and of requests for links."""

from django.core.management import call_command
from django.db import migrations


def make_table(_, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(make_table, migrations.RunPython.noop)]
