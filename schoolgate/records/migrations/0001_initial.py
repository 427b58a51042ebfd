"""How long a federation keeps each kind of record."""

from django.db import migrations, models

from schoolgate.core.tenancy import federation, identity


class Migration(migrations.Migration):
    initial = True
    dependencies = [("core", "0001_initial"), ("people", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Setting",
            fields=[
                identity(),
                ("kind", models.CharField(max_length=20)),
                ("months", models.PositiveSmallIntegerField(null=True)),
                ("runs", models.BooleanField(default=False)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "kind", "-id"], name="records_setting_newest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("runs", False), ("months__isnull", False), _connector="OR"),
                        name="records_only_a_period_runs",
                    )
                ],
            },
        )
    ]
