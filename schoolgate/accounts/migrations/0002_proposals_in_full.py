"""Proposals in full: their editions, signatures that end, forms sent back, a second try."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import schoolgate.core.tenancy.scoping


def key() -> models.BigAutoField[Any, Any]:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def federation() -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        default=schoolgate.core.tenancy.scoping.federation_in_scope,
        editable=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="core.federation",
    )


def to(model: str, related_name: str = "+", null: bool = False) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=model, null=null
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("core", "0003_record_follows_quickly"),
        ("people", "0004_friends_and_contractors"),
        ("policy", "0004_rulings_asked"),
    ]

    operations = [
        migrations.AddField("proposal", "considered", models.JSONField(default=dict)),
        migrations.AddField("proposal", "second_try_of", to("accounts.proposal", "second_tries", null=True)),
        migrations.CreateModel(
            name="ProposalEdition",
            fields=[
                ("id", key()),
                ("number", models.PositiveSmallIntegerField()),
                ("said", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("by", to("people.person")),
                ("federation", federation()),
                ("proposal", to("accounts.proposal", "editions")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "proposal", "number"), name="accounts_one_edition_a_number"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="SentBack",
            fields=[
                ("id", key()),
                ("role_key", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                ("words", models.TextField(max_length=4000)),
                ("by", to("people.person")),
                ("federation", federation()),
                ("proposal", to("accounts.proposal", "sent_back")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="accounts_sent_back_with_words",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="SignatureVoided",
            fields=[
                ("id", key()),
                ("changed", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                ("by", to("people.person")),
                ("decision", to("policy.kept")),
                ("edition", to("accounts.proposaledition")),
                ("federation", federation()),
                (
                    "signature",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voided",
                        to="accounts.signature",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.RemoveConstraint("signature", "accounts_one_signature_a_step"),
        migrations.RemoveConstraint("signature", "accounts_signs_once"),
        migrations.AddField("signature", "edition", to("accounts.proposaledition", "signatures", null=True)),
        migrations.AddField("signature", "leaves_out", models.JSONField(default=list)),
        migrations.AddField("signature", "round", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField(
            "signature",
            "instead_of",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="given_instead",
                to="accounts.signaturevoided",
            ),
        ),
        migrations.AddConstraint(
            "signature",
            models.UniqueConstraint(
                condition=models.Q(("instead_of", None)),
                fields=("federation", "proposal", "step"),
                name="accounts_one_signature_a_step",
            ),
        ),
        migrations.AddConstraint(
            "signature",
            models.UniqueConstraint(
                fields=("federation", "proposal", "by", "round"), name="accounts_signs_once"
            ),
        ),
    ]
