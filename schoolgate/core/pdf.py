"""Sheets of paper as PDF: tagged for screen readers, the same bytes for the same words."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import typst

TEMPLATES = Path(__file__).with_name("typst")


def pdf_of(template: str, form: Mapping[str, Any], *, at: datetime) -> bytes:
    """Typeset `form` (JSON) with the template `typst/<template>.typ`; `at` (aware) is printed as the date
    made.

    What people wrote is passed as text and cannot become markup. The sheet meets PDF/UA-1. Where a letter is
    missing from all fonts of this machine, the PDF is still tagged, but may not claim to meet PDF/UA-1.
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
