"""The kinds of argument that our addresses have beside Django's own.

A test refuses a plain `str` in an address that is open to the public, and sends a canary through each
`secret`.
"""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import StringConverter


class Secret(StringConverter):
    """A word that is a key: `<secret:token>`."""


class Base36(StringConverter):
    """A number as the links for a forgotten password write it."""

    regex = "[0-9A-Za-z]+"


def register() -> None:
    """Make them known to `path`, before any list of addresses is read."""
    register_converter(Secret, "secret")
    register_converter(Base36, "base36")
