"""Rows of small proposals, and of those who ask to be let in."""

import django.db.models.deletion
import schoolgate.core.tenancy.scoping
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_handover"),
        ("core", "0003_record_follows_quickly"),
        ("people", "0004_friends_and_contractors"),
        ("policy", "0004_rulings_asked"),
    ]

    operations = [
        migrations.CreateModel(
            name="Circle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("with_pupils", models.BooleanField(null=True)),
                ("made_for_pupils", models.BooleanField(null=True)),
                ("private_messages", models.BooleanField(null=True)),
                ("said_at", models.DateTimeField()),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="circle",
                        to="accounts.account",
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
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SmallProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("take-part", "Taking part in somebody else's site"),
                            ("call", "Looking for contributors"),
                            ("organisation", "Making friends with an organisation"),
                        ],
                        max_length=15,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("address", models.URLField(blank=True, max_length=500)),
                ("words", models.TextField(max_length=4000)),
                ("for_school", models.BooleanField(null=True)),
                ("through_social_media", models.BooleanField(null=True)),
                ("checked_on", models.DateField(null=True)),
                ("open_points", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for a decision"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("noted", "Needs no approval under this policy"),
                            ("withdrawn", "Withdrawn"),
                            ("done", "Done"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("submitted_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_role_key", models.CharField(blank=True, max_length=100)),
                ("decided_digest", models.CharField(blank=True, max_length=64)),
                ("reason", models.TextField(blank=True, max_length=4000)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
                (
                    "again_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.smallproposal",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="policy.kept",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
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
                    "form",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.proposal",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Admission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "asked_for",
                    models.CharField(
                        choices=[
                            ("friend", "To follow or join it, or to become its friend"),
                            ("contribute", "To write or post on it"),
                            ("platform", "To post or comment on the learning platform"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("person", "A person"), ("organisation", "An organisation")], max_length=12
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("pupil", "Pupil"),
                            ("parent", "Parent or carer"),
                            ("staff", "Member of staff"),
                            ("governor", "Governor"),
                            ("volunteer", "Volunteer"),
                            ("friend", "Member of a Friends group"),
                            ("contractor", "Contractor or agency"),
                            ("other", "Somebody else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("who", models.CharField(blank=True, max_length=120)),
                ("who_key", models.CharField(blank=True, max_length=240)),
                ("known_how", models.TextField(blank=True, max_length=500)),
                ("asked_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("let_in", "Let in, not yet done on the network"),
                            ("done", "Is in"),
                            ("refused", "Not let in"),
                            ("withdrawn", "No longer asked for"),
                            ("ended", "Is out again"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True, max_length=2000)),
                ("done_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.TextField(blank=True, max_length=2000)),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="policy.kept",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "erased_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
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
                    "school",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.school",
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "vetter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "approval",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.smallproposal",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Vetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("met", "Met them in person"),
                            ("spoke", "Spoke to them by telephone or video"),
                            ("vouched", "Asked somebody at school who knows them"),
                            ("records", "Found them in the school's own records"),
                            ("papers", "Saw papers or a reference that they gave"),
                        ],
                        max_length=10,
                    ),
                ),
                ("how_known", models.TextField(blank=True, max_length=500)),
                ("real_person", models.BooleanField(null=True)),
                (
                    "grown_up",
                    models.CharField(
                        blank=True, choices=[("adult", "An adult"), ("child", "A child")], max_length=5
                    ),
                ),
                ("name_identifies", models.BooleanField(null=True)),
                ("passed", models.BooleanField()),
                (
                    "admission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vettings",
                        to="accounts.admission",
                    ),
                ),
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="smallproposal",
            index=models.Index(fields=["federation", "-submitted_at", "-id"], name="accounts_small_newest"),
        ),
        migrations.AddIndex(
            model_name="smallproposal",
            index=models.Index(
                fields=["federation", "account", "kind", "state"], name="accounts_small_by_account"
            ),
        ),
        migrations.AddConstraint(
            model_name="smallproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("state__in", ("approved", "refused", "done")),
                        ("decision__isnull", False),
                        models.Q(("decided_digest", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state__in", ("approved", "refused", "done")), _negated=True),
                        ("decided_at", None),
                        ("decided_by", None),
                    ),
                    _connector="OR",
                ),
                name="accounts_small_proposal_decided_as_its_state_says",
            ),
        ),
        migrations.AddConstraint(
            model_name="smallproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="accounts_small_refusal_gives_its_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="smallproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", False), ("done_by__isnull", False), ("state", "done")),
                    models.Q(
                        models.Q(("state", "done"), _negated=True), ("done_at", None), ("done_by", None)
                    ),
                    _connector="OR",
                ),
                name="accounts_small_proposal_done_as_its_state_says",
            ),
        ),
        migrations.AddConstraint(
            model_name="smallproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True), models.Q(("words", ""), _negated=True)
                ),
                name="accounts_small_proposal_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="smallproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("account", None), ("kind", "take-part")),
                    models.Q(models.Q(("kind", "take-part"), _negated=True), ("account__isnull", False)),
                    _connector="OR",
                ),
                name="accounts_only_another_site_has_no_account",
            ),
        ),
        migrations.AddIndex(
            model_name="admission",
            index=models.Index(fields=["federation", "-entered_at", "-id"], name="accounts_admission_newest"),
        ),
        migrations.AddIndex(
            model_name="admission",
            index=models.Index(
                fields=["federation", "account", "-entered_at", "-id"], name="accounts_admission_of_account"
            ),
        ),
        migrations.AddIndex(
            model_name="admission",
            index=models.Index(fields=["federation", "who_key", "state"], name="accounts_admission_by_who"),
        ),
        migrations.AddIndex(
            model_name="admission",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "let_in"])),
                fields=["federation", "-entered_at", "-id"],
                name="accounts_admission_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="admission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("state__in", ("let_in", "done", "refused", "ended")),
                        ("decision__isnull", False),
                    ),
                    models.Q(
                        models.Q(("state__in", ("let_in", "done", "refused", "ended")), _negated=True),
                        ("decided_at", None),
                        ("decided_by", None),
                        ("decision", None),
                    ),
                    _connector="OR",
                ),
                name="accounts_admission_decided_as_its_state_says",
            ),
        ),
        migrations.AddConstraint(
            model_name="admission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    ("erased_at__isnull", False),
                    _connector="OR",
                ),
                name="accounts_admission_refusal_gives_its_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="admission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "done"), _negated=True),
                    models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                    _connector="OR",
                ),
                name="accounts_admission_done_has_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="admission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False), ("state", "ended")),
                    models.Q(
                        models.Q(("state", "ended"), _negated=True), ("ended_at", None), ("ended_by", None)
                    ),
                    _connector="OR",
                ),
                name="accounts_admission_ended_as_its_state_says",
            ),
        ),
        migrations.AddConstraint(
            model_name="admission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("erased_at", None),
                        models.Q(("who", ""), _negated=True),
                        models.Q(("who_key", ""), _negated=True),
                    ),
                    models.Q(
                        ("end_reason", ""),
                        ("erased_at__isnull", False),
                        ("known_how", ""),
                        ("reason", ""),
                        ("who", ""),
                        ("who_key", ""),
                    ),
                    _connector="OR",
                ),
                name="accounts_admission_is_about_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="admission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased_at", None), ("state__in", ("refused", "withdrawn", "ended")), _connector="OR"
                ),
                name="accounts_admission_wiped_once_over",
            ),
        ),
        migrations.AddConstraint(
            model_name="admission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("asked_for", "platform"),
                    models.Q(("account__isnull", False), ("school", None)),
                    _connector="OR",
                ),
                name="accounts_only_a_platform_has_no_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="admission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "organisation"), ("relation", "")),
                    models.Q(("kind", "person"), models.Q(("relation", ""), _negated=True)),
                    _connector="OR",
                ),
                name="accounts_a_person_who_asks_is_something_to_us",
            ),
        ),
    ]
