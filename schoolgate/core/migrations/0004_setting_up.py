"""What is kept while a home is set up, and the one way for the pages to add its first federation.

The application's role cannot add to the directory. This function, which acts as the owner of the tables, does it
for whoever has the token of the set-up address, and only while the directory is empty.
"""

import django.db.models.deletion
from django.db import migrations, models

import schoolgate.core.tenancy.scoping

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
NOTHING = "DROP FUNCTION core_add_first_federation(text, text, text, text, text[])"


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_record_follows_quickly"),
    ]

    operations = [
        migrations.CreateModel(
            name="SetUpLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "federation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.federation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Safeguarder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[("lead", "Designated safeguarding lead"), ("deputy", "Deputy")],
                        max_length=10,
                    ),
                ),
                ("person_id", models.BigIntegerField()),
                ("since", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
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
                ],
            },
        ),
        migrations.RunSQL(ADD_FIRST, NOTHING),
    ]
