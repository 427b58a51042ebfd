"""Note which people a comment tells something bad about: it is kept from them."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import Q, Value


class Migration(migrations.Migration):
    dependencies = [("inbox", "0002_replies_taken_down")]

    operations = [
        migrations.AddField(
            model_name="item",
            name="meant",
            field=ArrayField(
                base_field=models.BigIntegerField(),
                db_default=Value([], ArrayField(models.BigIntegerField())),
                default=list,
                size=None,
            ),
        ),
        migrations.RemoveIndex(model_name="item", name="inbox_item_locked"),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=Q(locked_at__isnull=False) | ~Q(meant=[]),
                fields=["federation", "-id"],
                name="inbox_item_kept",
            ),
        ),
    ]
