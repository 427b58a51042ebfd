"""Federations and schools, the record and its guards, deliveries, holds, stops, the calendar and the vault."""

import django.contrib.postgres.indexes
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

import schoolgate.core.models
from schoolgate.core.tenancy import federation, identity
from schoolgate.core.tenancy import federation_in_scope

FOLLOWS = """
CREATE FUNCTION core_record_follows() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM (
            SELECT federation_id, number, previous_hash, hash, stored,
                   lag(number) OVER batch AS number_before, lag(hash) OVER batch AS hash_before
            FROM added WINDOW batch AS (PARTITION BY federation_id ORDER BY number)
        ) AS one
        WHERE hash <> sha256(stored) OR previous_hash IS DISTINCT FROM CASE
            WHEN number_before = number - 1 THEN hash_before
            WHEN number_before IS NOT NULL THEN NULL
            WHEN number = 1 THEN decode(repeat('00', 32), 'hex')
            ELSE (SELECT row.hash FROM core_ledgerrow AS row
                  WHERE row.federation_id = one.federation_id AND row.number = one.number - 1)
        END
    ) THEN
        RAISE EXCEPTION 'a row of the record does not follow the row before it' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER follows AFTER INSERT ON core_ledgerrow REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION core_record_follows();
"""
"""Refuse a row of the record that does not follow the row before it.

The application's role may move the head's row; a wrong head must not break a chain that can't be repaired.
Within a batch each row is compared with the one before it; only the first is looked up in the table, by the
index whatever a young table's statistics say (a connection keeps its first plan)."""
NO_FOLLOWS = """
DROP TRIGGER follows ON core_ledgerrow;
DROP FUNCTION core_record_follows();
"""
ADD_FIRST = """
CREATE FUNCTION core_add_first_federation(token text, slug text, name text, policy_key text, languages text[])
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    link bigint;
    made bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(7204119);
    SELECT l.id INTO link FROM public.core_setuplink l
        WHERE l.digest = encode(sha256(convert_to($1, 'UTF8')), 'hex') AND l.expires_at > clock_timestamp();
    IF link IS NULL THEN
        RETURN 'no link';
    END IF;
    IF EXISTS (SELECT 1 FROM public.core_federation) THEN
        RETURN 'not empty';
    END IF;
    IF $2 !~ '^[a-z0-9][a-z0-9-]{0,59}$' OR btrim($3) = '' THEN
        RETURN 'not well formed';
    END IF;
    INSERT INTO public.core_federation (slug, name, policy_key, languages, is_example)
        VALUES ($2, $3, $4, $5, false) RETURNING id INTO made;
    UPDATE public.core_setuplink SET federation_id = made WHERE id = link;
    RETURN 'added';
END $$;
REVOKE ALL ON FUNCTION core_add_first_federation(text, text, text, text, text[]) FROM PUBLIC;
"""
"""Let the set-up pages add the first federation, and no other.

The application's role can't add to the directory. This function acts as the owner of the tables, for the holder
of the set-up link's token, while the directory is empty."""
NO_ADD_FIRST = "DROP FUNCTION core_add_first_federation(text, text, text, text, text[])"


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                identity(),
                ("what", models.CharField(max_length=40, unique=True)),
                ("last_good", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Backup",
            fields=[
                identity(),
                ("number", models.PositiveIntegerField()),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                ("folder", models.CharField(max_length=500)),
                ("trouble", models.CharField(blank=True, max_length=20)),
                ("size", models.BigIntegerField(default=0)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("rows", models.BigIntegerField(default=0)),
                ("files", models.BigIntegerField(default=0)),
                ("record", models.JSONField(default=dict)),
                ("gone_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["-number"], name="core_backup_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("trouble", ""), _negated=True),
                            models.Q(("size__gt", 0), models.Q(("digest", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="core_backup_whole_or_in_trouble",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BackupRehearsal",
            fields=[
                identity(),
                ("number", models.PositiveIntegerField()),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                ("trouble", models.CharField(blank=True, max_length=20)),
                ("rows", models.BigIntegerField(default=0)),
            ],
            options={"indexes": [models.Index(fields=["-began_at"], name="core_rehearsal_newest")]},
        ),
        migrations.CreateModel(
            name="Federation",
            fields=[
                identity(),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("policy_key", models.SlugField(max_length=60)),
                (
                    "languages",
                    ArrayField(
                        base_field=models.CharField(max_length=8),
                        default=schoolgate.core.models.english,
                        size=None,
                    ),
                ),
                ("is_example", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("languages__len__gte", 1)), name="core_federation_languages"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Destruction",
            fields=[
                identity(),
                ("kind", models.CharField(max_length=20)),
                ("months", models.PositiveSmallIntegerField(null=True)),
                ("setting", models.BigIntegerField(null=True)),
                ("thing", models.BigIntegerField(null=True)),
                ("because", models.CharField(blank=True, max_length=20)),
                ("by", models.CharField(blank=True, max_length=80)),
                ("number", models.PositiveIntegerField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("ids_digest", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "made_in",
                    models.BigIntegerField(db_default=schoolgate.core.models.ThisTransaction()),
                ),
                federation(),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "-id"], name="core_destruction_newest"),
                    models.Index(fields=["made_in"], name="core_destruction_made_in"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("because", ""),
                                ("by", ""),
                                ("months__isnull", False),
                                ("setting__isnull", False),
                                ("thing", None),
                            ),
                            models.Q(
                                ("months", None),
                                ("setting", None),
                                ("thing__isnull", False),
                                models.Q(("because", ""), _negated=True),
                                models.Q(("by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="core_destruction_by_period_or_erased",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DestroyedFile",
            fields=[
                identity(),
                ("digest", models.CharField(max_length=64)),
                (
                    "destruction",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="core.destruction"),
                ),
                federation(),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                identity(),
                ("number", models.BigIntegerField()),
                ("handler", models.CharField(max_length=120)),
                ("part", models.BigIntegerField(db_default=0, default=0)),
                ("made_at", models.DateTimeField()),
                ("next_try_at", models.DateTimeField()),
                ("tries", models.PositiveIntegerField(default=0)),
                ("trouble", models.CharField(blank=True, max_length=120)),
                ("done_at", models.DateTimeField(null=True)),
                federation(),
            ],
            options={
                "verbose_name_plural": "deliveries",
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["federation", "next_try_at", "id"],
                        name="core_delivery_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "number", "handler", "part"), name="core_delivery_part_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                identity(),
                ("subject", models.CharField(max_length=80)),
                ("because", models.CharField(max_length=60)),
                ("placed_at", models.DateTimeField()),
                ("placed_by", models.CharField(max_length=80)),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_by", models.CharField(blank=True, max_length=80)),
                federation(),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at", None), ("lifted_by", "")),
                            models.Q(
                                ("lifted_at__isnull", False), models.Q(("lifted_by", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="core_hold_lifted_at_and_by_together",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)),
                        fields=("federation", "subject", "because"),
                        name="core_hold_once",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="InstallationStop",
            fields=[
                identity(),
                ("reason", models.CharField(max_length=300)),
                ("placed_at", models.DateTimeField()),
                ("placed_by", models.CharField(blank=True, max_length=80)),
                ("until", models.DateTimeField(null=True)),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_by", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gt", models.F("placed_at")), _connector="OR"
                        ),
                        name="core_installation_stop_until_later",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="LedgerClause",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "federation_id",
                        "clause",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("clause", models.CharField(max_length=80)),
                ("number", models.BigIntegerField()),
                (
                    "federation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=federation_in_scope,
                        editable=False,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="core.federation",
                    ),
                ),
            ],
            options={"db_table": "ledger_clause"},
        ),
        migrations.CreateModel(
            name="LedgerHead",
            fields=[
                identity(),
                ("number", models.BigIntegerField(default=0)),
                ("hash", models.BinaryField()),
                federation(),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("federation",), name="core_ledger_one_head")]
            },
        ),
        migrations.CreateModel(
            name="LedgerRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "federation_id",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=80)),
                ("event", models.CharField(max_length=60)),
                ("subject", models.CharField(max_length=80)),
                ("clauses", ArrayField(base_field=models.CharField(max_length=80), size=None)),
                ("decision", models.BigIntegerField(null=True)),
                ("previous_hash", models.BinaryField()),
                ("hash", models.BinaryField()),
                ("stored", models.BinaryField()),
                (
                    "federation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=federation_in_scope,
                        editable=False,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="core.federation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "subject", "number"], name="core_ledger_by_subject"),
                    django.contrib.postgres.indexes.BrinIndex(
                        autosummarize=True, fields=["at"], name="core_ledger_by_time"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "previous_hash"), name="core_ledger_previous"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="core_ledger_number_from_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Restoration",
            fields=[
                identity(),
                ("number", models.PositiveIntegerField()),
                ("backup_at", models.DateTimeField()),
                ("restored_at", models.DateTimeField()),
                ("sound", models.BooleanField(default=False)),
                ("lost", models.JSONField(default=dict)),
                ("told", models.JSONField(default=dict)),
                ("looked_at", models.DateTimeField(null=True)),
                ("released_at", models.DateTimeField(null=True)),
                ("released_by", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "indexes": [models.Index(fields=["-id"], name="core_restoration_newest")],
                "constraints": [
                    models.UniqueConstraint(
                        models.Value(1),
                        condition=models.Q(("released_at", None)),
                        name="core_one_restoration_waits",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="School",
            fields=[
                identity(),
                ("name", models.CharField(max_length=200)),
                ("slug", models.SlugField(max_length=60)),
                ("country", models.CharField(default="england", max_length=10)),
                (
                    "languages",
                    ArrayField(
                        base_field=models.CharField(max_length=8),
                        default=schoolgate.core.models.english,
                        size=None,
                    ),
                ),
                ("in_policy", models.CharField(blank=True, db_default="", max_length=200)),
                federation(),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "slug"), name="core_school_slug"),
                    models.CheckConstraint(
                        condition=models.Q(("country__in", ["england", "wales"])), name="core_school_country"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("languages__len__gte", 1)), name="core_school_languages"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Safeguarder",
            fields=[
                identity(),
                ("place", models.CharField(max_length=10)),
                ("person_id", models.BigIntegerField()),
                ("since", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                federation(),
                (
                    "school",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="core.school"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("place__in", ["lead", "deputy"])), name="core_safeguarder_place"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("place", "lead")),
                        fields=("federation", "school"),
                        name="core_safeguarder_one_lead",
                        nulls_distinct=False,
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("federation", "school", "person_id"),
                        name="core_safeguarder_once",
                        nulls_distinct=False,
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                identity(),
                ("day", models.DateField()),
                ("kind", models.CharField(max_length=15)),
                federation(),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="special_days", to="core.school"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "school", "day"), name="core_calendar_day_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["inset", "added_holiday"])),
                        name="core_calendar_day_kind",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="SetUpLink",
            fields=[
                identity(),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "federation",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="core.federation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Stop",
            fields=[
                identity(),
                ("reason", models.CharField(max_length=300)),
                ("placed_at", models.DateTimeField()),
                ("placed_by", models.CharField(blank=True, max_length=80)),
                ("until", models.DateTimeField(null=True)),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_by", models.CharField(blank=True, max_length=80)),
                ("destroyed_at", models.DateTimeField(null=True)),
                federation(),
                (
                    "school",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="core.school"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("lifted_at", None)),
                        fields=["federation", "school"],
                        name="core_stop_standing",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gt", models.F("placed_at")), _connector="OR"
                        ),
                        name="core_stop_until_later",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                identity(),
                ("name", models.CharField(max_length=80)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                federation(),
                (
                    "school",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="terms", to="core.school"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))), name="core_term_days"
                    ),
                    models.UniqueConstraint(
                        fields=("federation", "school", "first_day"), name="core_term_once"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="VaultSecret",
            fields=[
                identity(),
                ("purpose", models.CharField(max_length=60)),
                ("about", models.CharField(max_length=80)),
                ("sealed", models.BinaryField()),
                ("sealed_with", models.CharField(blank=True, max_length=16)),
                federation(),
            ],
            options={"indexes": [models.Index(fields=["federation", "about"], name="core_vault_about")]},
        ),
        migrations.RunSQL(FOLLOWS, NO_FOLLOWS),
        migrations.RunSQL(ADD_FIRST, NO_ADD_FIRST),
    ]
