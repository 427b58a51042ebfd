"""Sheets of paper as PDF: tagged for screen readers, the same bytes for the same words."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import typst

TEMPLATES = Path(__file__).with_name("typst")


def pdf_of(template: str, form: Mapping[str, Any], *, at: datetime) -> bytes:
    """Set `form` (JSON) by the template `typst/<template>.typ`; `at` (aware) stands as the day it was made.

    What people wrote is handed over as text and cannot become markup. The sheet keeps the rules of PDF/UA-1;
    where it has a letter that none of this machine's fonts can draw it is tagged all the same, but those
    rules forbid to claim so.
    """
    given: dict[str, Any] = {
        "input": TEMPLATES / f"{template}.typ",
        "root": TEMPLATES,
        "format": "pdf",
        "sys_inputs": {"form": json.dumps(form, ensure_ascii=False)},
        "timestamp": int(at.timestamp()),
    }
    try:
        return cast("bytes", typst.compile(pdf_standards=["ua-1"], **given))
    except typst.TypstError:
        return cast("bytes", typst.compile(**given))
