"""Rows of signing in with a school account."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0005_import")]

    operations = []
