"""The records of a thread: each part answers the one before it, all below the first. They are written at
once, so that all are there or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from schoolgate.networks.bluesky import records
from schoolgate.networks.bluesky.cids import cid_of
from schoolgate.networks.keys import part_key
from schoolgate.networks.port import OutgoingPost


def records_of(
    out: OutgoingPost,
    *,
    uri_of: Callable[[str], str],
    did_of: Callable[[str], str | None],
    embed: dict[str, Any] | None,
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give key and record of each part in order, of a single post its own; `embed` goes with the first.
    Raises NetworkError as `did_of` does."""
    places: list[dict[str, str]] = []
    for number, text in enumerate(out.texts):
        key = part_key(out.intent_key, number)
        part = replace(out, text=text, created_at=out.created_at + timedelta(milliseconds=number))
        record = records.post_record(part, did_of=did_of, embed=None if number else embed)
        if places:
            record["reply"] = {"root": places[0], "parent": places[-1]}
        places.append({"uri": uri_of(key), "cid": cid_of(record)})
        yield key, record
