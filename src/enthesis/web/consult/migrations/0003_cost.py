from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consult", "0002_feedback_by_clinic"),
    ]

    operations = [
        migrations.AddField(
            model_name="consultation",
            name="cost",
            field=models.CharField(
                blank=True,
                help_text="What the clinic says it costs, as the aid tells the patient.",
                max_length=200,
            ),
        ),
    ]
