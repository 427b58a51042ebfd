from django.db import migrations, models

from schoolgate.core.tenancy import federation, identity


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial"), ("people", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Erasing",
            fields=[
                identity(),
                ("kind", models.CharField(max_length=20)),
                ("thing", models.BigIntegerField()),
                ("words", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
            ],
            options={
                "indexes": [models.Index(fields=["federation", "kind", "thing"], name="records_erasing_of")],
            },
        ),
    ]
