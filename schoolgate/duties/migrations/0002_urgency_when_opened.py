from django.db import migrations, models

PLAIN = """ALTER TABLE duties_duty
    ALTER COLUMN urgency DROP EXPRESSION,
    ALTER COLUMN urgency SET DEFAULT 2,
    ALTER COLUMN urgency SET NOT NULL"""


class Migration(migrations.Migration):
    """Stores how urgent a duty is when it is opened: each area declares it with the kind."""

    dependencies = [("duties", "0001_initial")]

    operations = [
        migrations.RunSQL(
            PLAIN,
            state_operations=[
                migrations.AlterField(
                    "duty", "urgency", models.PositiveSmallIntegerField(db_default=2, default=2)
                )
            ],
        ),
        migrations.RemoveField("duty", "danger"),
    ]
