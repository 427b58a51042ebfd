"""Rows of looking in, looking back and closing."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_keys")]

    operations = []
