"""An event is handed to a handler of several rows once for each of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0005_stops_destroyed")]

    operations = [
        migrations.AddField("delivery", "part", models.BigIntegerField(default=0, db_default=0)),
        migrations.RemoveConstraint("delivery", "core_delivery_once"),
        migrations.AddConstraint(
            "delivery",
            models.UniqueConstraint(
                fields=["federation", "number", "handler", "part"], name="core_delivery_part_once"
            ),
        ),
    ]
