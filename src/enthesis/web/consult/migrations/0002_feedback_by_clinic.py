import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("consult", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="hookfeedback",
            name="condition",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="hookfeedback",
            name="intervention",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="hookfeedback",
            name="scenario",
            field=models.CharField(blank=True, help_text="The answer of the card.", max_length=24),
        ),
        migrations.AddField(
            model_name="hookfeedback",
            name="site",
            field=models.ForeignKey(
                help_text="Empty where several could be meant.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.site",
            ),
        ),
        migrations.AddIndex(
            model_name="hookfeedback",
            index=models.Index(fields=["site", "received_at"], name="consult_hoo_site_id_634d23_idx"),
        ),
    ]
