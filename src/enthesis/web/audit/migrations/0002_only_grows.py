"""The database itself refuses to change or delete an entry, whoever asks."""

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_auditentry
       BEGIN SELECT RAISE(ABORT, 'The audit trail can only grow.'); END""",
    """CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_auditentry
       BEGIN SELECT RAISE(ABORT, 'The audit trail can only grow.'); END""",
    """CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_chainhead
       BEGIN SELECT RAISE(ABORT, 'The head of the audit trail stays.'); END""",
    """CREATE TRIGGER audit_head_forward BEFORE UPDATE ON audit_chainhead WHEN NEW.number <= OLD.number
       BEGIN SELECT RAISE(ABORT, 'The audit trail can only grow.'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'The audit trail can only grow.'; END $$""",
    """CREATE FUNCTION audit_head_forward() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN IF NEW.number <= OLD.number THEN RAISE EXCEPTION 'The audit trail can only grow.'; END IF; RETURN NEW; END $$""",
    """CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_auditentry
       FOR EACH ROW EXECUTE FUNCTION audit_only_grows()""",
    """CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_auditentry
       FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()""",
    """CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_chainhead
       FOR EACH ROW EXECUTE FUNCTION audit_only_grows()""",
    """CREATE TRIGGER audit_head_no_truncate BEFORE TRUNCATE ON audit_chainhead
       FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()""",
    """CREATE TRIGGER audit_head_forward BEFORE UPDATE ON audit_chainhead
       FOR EACH ROW EXECUTE FUNCTION audit_head_forward()""",
]


def guard(apps, schema_editor):
    """Make the head row and the triggers of this database."""
    apps.get_model("audit", "ChainHead").objects.get_or_create(pk=1)
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Triggers of the audit trail."""

    dependencies = (("audit", "0001_initial"),)
    operations = (migrations.RunPython(guard, migrations.RunPython.noop),)
