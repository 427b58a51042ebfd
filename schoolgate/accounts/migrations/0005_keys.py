"""Rows of the keys of accounts."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_public_register")]

    operations = []
