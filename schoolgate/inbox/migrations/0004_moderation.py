"""What moderators ask for: comments shown, hidden and removed, each as an intent with its decision."""

import django.db.models.deletion
import schoolgate.core.tenancy.scoping
import schoolgate.networks.handshake
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_beats"),
        ("inbox", "0003_by_hand"),
        ("people", "0010_year_turn"),
    ]

    operations = [
        migrations.CreateModel(
            name="Moderation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("intent_key", models.CharField(max_length=40)),
                ("by_hand", models.BooleanField(default=False)),
                ("written_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("written", "Waiting to be sent"),
                            ("sent", "Sent, being read back"),
                            ("confirmed", "Done, and seen on the network"),
                            ("different", "It came out differently: somebody has to look"),
                            ("unknown", "No answer: being looked up on the network"),
                            ("asked", "Nobody knows: somebody has to look on the network"),
                            ("failed", "Not done"),
                            ("cancelled", "Taken back before it was sent"),
                        ],
                        default=schoolgate.networks.handshake.Intent["WRITTEN"],
                        max_length=10,
                    ),
                ),
                ("state_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("not_before", models.DateTimeField(blank=True, null=True)),
                ("receipt", models.JSONField(blank=True, null=True)),
                ("because", models.CharField(blank=True, max_length=40)),
                ("what_next", models.CharField(blank=True, max_length=12)),
                ("differences", models.JSONField(default=list)),
                ("item_version", models.CharField(max_length=128)),
                (
                    "how",
                    models.CharField(
                        choices=[("released", "Show it"), ("hidden", "Hide it"), ("removed", "Remove it")],
                        max_length=8,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("child", "It may put a child or young person in danger"),
                            ("adult", "It may put an adult in danger"),
                            ("hateful", "It is grossly offensive, such as racist or homophobic abuse"),
                            ("improper", "It is improper or offensive"),
                            ("personal", "It has details about somebody"),
                            ("defamatory", "It is false and harms somebody's good name"),
                            ("rules", "It breaks our rules for comments"),
                            ("spam", "Advertising or nonsense"),
                            ("disagrees", "It disagrees with us"),
                            ("other", "Another reason"),
                        ],
                        max_length=10,
                    ),
                ),
                ("decision", models.BigIntegerField()),
                ("owes", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "federation",
                    models.ForeignKey(
                        default=schoolgate.core.tenancy.scoping.federation_in_scope,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.federation",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moderations",
                        to="inbox.item",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("by_hand", False), ("state__in", ["written", "sent", "unknown"])),
                        fields=["federation", "not_before", "id"],
                        name="inbox_moderation_to_drive",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    schoolgate.networks.handshake.Intent["ASKED"],
                                    schoolgate.networks.handshake.Intent["DIFFERENT"],
                                    schoolgate.networks.handshake.Intent["SENT"],
                                    schoolgate.networks.handshake.Intent["UNKNOWN"],
                                    schoolgate.networks.handshake.Intent["WRITTEN"],
                                ],
                            )
                        ),
                        fields=("federation", "item"),
                        name="inbox_one_live_moderation",
                    ),
                    models.UniqueConstraint(fields=("federation", "intent_key"), name="inbox_moderation_key"),
                ],
            },
        ),
    ]
