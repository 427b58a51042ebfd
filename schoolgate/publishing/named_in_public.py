"""Pupils who are named in what is public of our posts, whether or not their author chose them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import F, Q, TextField
from django.db.models.functions import Cast, Concat

from schoolgate.media.captions import words_of
from schoolgate.networks.handshake import LIVE, Intent
from schoolgate.publishing.models import Delivery
from schoolgate.publishing.states import Purpose
from schoolgate.pupils.named import named_in


def pupils_named(pupils: Sequence[int]) -> set[int]:
    """Return those of these pupils who are named in a copy that is out or on its way: in its text, in the
    description of a picture, in captions or on the card of its link."""
    return named_in(pupils, _texts_with)


def _texts_with(word: str) -> Iterator[str]:
    all_of_it = Concat(
        "text",
        *(Cast(F(name), TextField()) for name in ("parts", "pictures", "card")),
        output_field=TextField(),
    )
    rows = Delivery.objects.filter(
        Q(receipt__isnull=False) | Q(state__in=sorted(LIVE)), purpose=Purpose.PUBLISH
    ).exclude(take_downs__state=Intent.CONFIRMED)
    for copy in rows.annotate(all_of_it=all_of_it).filter(all_of_it__icontains=word):
        yield " ".join((copy.text, *copy.parts))
        for each in copy.pictures:
            yield each.get("alt", "")
            yield words_of(each["film"].get("captions", "")) if "film" in each else ""
        yield f"{copy.card.get('title', '')} {copy.card.get('description', '')}"
