"""The record's short names of things in words for people, never what was written or shown."""

from __future__ import annotations

from django.apps import apps

from schoolgate.core.models import FederationOwned
from schoolgate.core.subjects import number_of


def subject_in_words(subject: str) -> str:
    """ "Post 417" for `publishing.post:417`, in the active language."""
    try:
        model = apps.get_model(subject.partition(":")[0])
    except LookupError:  # it was declared by an earlier release
        model = FederationOwned
    return str(getattr(model, "numbered", FederationOwned.numbered)).format(number=number_of(subject))
