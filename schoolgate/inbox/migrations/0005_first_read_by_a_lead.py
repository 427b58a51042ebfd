"""Note what waits to be read by a safeguarding lead, and who may read it because none did in time."""

import django.db.models.deletion
from django.db import migrations, models

import schoolgate.core.tenancy


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_what_a_lead_reads"),
        ("inbox", "0004_read_for_names_again"),
        ("people", "0003_why_a_lead_was_agreed"),
    ]

    operations = [
        migrations.AddField("item", "waits_for_lead_since", models.DateTimeField(null=True)),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("waits_for_lead_since__isnull", False)),
                fields=["federation", "-id"],
                name="inbox_item_unread_by_lead",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(destroyed_at=None) | models.Q(waits_for_lead_since=None),
                name="inbox_read_before_it_goes",
            ),
        ),
        migrations.CreateModel(
            name="ItemLetIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "federation",
                    models.ForeignKey(
                        default=schoolgate.core.tenancy.federation_in_scope,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.federation",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="let_in", to="inbox.item"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["federation", "item", "person"], name="inbox_let_in_once"
                    ),
                ],
            },
        ),
    ]
