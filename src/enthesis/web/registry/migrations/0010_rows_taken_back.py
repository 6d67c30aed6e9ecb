"""Images, care, harms and end points can be taken back with a reason, as injections can."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0009_witness_is_sealed")]

    operations = [
        migrations.AddField(
            model_name=name,
            name="cancelled_because",
            field=models.CharField(blank=True, default="", max_length=150),
        )
        for name in ("adverseevent", "care", "endpoint", "imaging")
    ]
