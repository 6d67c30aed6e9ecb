"""The name of a witness and the strokes of a signature are sealed, as every name is."""

from django.db import migrations, models

import enthesis.web.vault.fields

PLACES = ("witness", "signature_svg")


def seal_what_is_there(apps, schema_editor):  # noqa: ARG001, as Django calls it
    """Between two plain columns, because a sealed one would not read what is plain."""
    from enthesis.web.accounts.scope import acting_as_system
    from enthesis.web.vault import seal

    consents = apps.get_model("registry", "Consent")
    with acting_as_system("migration"):
        for row in consents.objects.exclude(witness="", signature_svg="").iterator():
            for place in PLACES:
                if plain := getattr(row, place):
                    setattr(row, place, seal(plain, f"registry_consent.{place}"))
            row.save(update_fields=PLACES)


class Migration(migrations.Migration):
    dependencies = [("registry", "0008_open_by_last_chance")]

    operations = [
        *(
            migrations.AlterField("consent", place, models.TextField(blank=True, default=""))
            for place in PLACES
        ),
        migrations.RunPython(seal_what_is_there, migrations.RunPython.noop),
        migrations.AlterField(
            "consent",
            "signature_svg",
            enthesis.web.vault.fields.SealedTextField(
                blank=True, default="", help_text="Strokes drawn on the screen."
            ),
        ),
        migrations.AlterField(
            "consent", "witness", enthesis.web.vault.fields.SealedTextField(blank=True, default="")
        ),
    ]
