"""What an element of a page says and is called, and where it stands (`scriptless`)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import etree

Words = str | re.Pattern[str]
FIELDS = "self::input[not(@type='hidden')] or self::select or self::textarea"
SENDS = "self::button[not(@type='button' or @type='reset')] or self::input[@type='submit']"
ROLES = {
    "link": "self::a[@href]",
    "button": "self::button or self::input[@type='submit' or @type='button']",
    "checkbox": "self::input[@type='checkbox']",
    "radio": "self::input[@type='radio']",
    "textbox": "self::textarea or self::input[not(@type) or @type='text' or @type='email' or @type='url']",
    "combobox": "self::select",
    "heading": "self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6",
    "group": "self::fieldset or self::details or @role='group'",
    "row": "self::tr",
    "listitem": "self::li",
    "img": "self::img or @role='img'",
    "cell": "self::td",
    "table": "self::table",
    "navigation": "self::nav",
    "main": "self::main",
    "contentinfo": "self::footer",
    "region": "self::section[@aria-label or @aria-labelledby]",
    "article": "self::article",
}


def fits(said: str, words: Words, *, exact: bool = False) -> bool:
    """Whether something says these words: as a whole where it's exact, else somewhere, in any case."""
    if isinstance(words, re.Pattern):
        return bool(words.search(said))
    return said == words if exact else words.lower() in said.lower()


SAID = etree.XPath(
    ".//text()[not(ancestor::script or ancestor::style or ancestor::template)]", smart_strings=False
)
"""Read once: pages are asked for it thousands of times."""


def text_of(element: Any) -> str:
    """What an element says, in one line."""
    if not isinstance(element.tag, str) or element.tag in ("script", "style", "template"):
        return ""
    return " ".join("".join(SAID(element)).split())


def value_of(option: Any) -> str:
    """What is sent where this is chosen."""
    return str(option.get("value")) if option.get("value") is not None else text_of(option)


def file_of(given: Any) -> SimpleUploadedFile:
    """A file, as it's sent."""
    if isinstance(given, dict):
        return SimpleUploadedFile(given["name"], given["buffer"], given["mimeType"])
    path = Path(given)
    return SimpleUploadedFile(path.name, path.read_bytes())


STEP = re.compile(r"\s*(>?)\s*([\w-]*)((?:[#.][\w-]+|\[[^\]]*\]|:(?:not|has)\((?:[^()]|\([^()]*\))*\))*)")
PART = re.compile(
    r"([#.])([\w-]+)|\[([\w-]+)(?:([$^]?)=['\"]?(.*?)['\"]?)?\]|:(not|has)\(((?:[^()]|\([^()]*\))*)\)"
)
ALTERNATIVES = re.compile(r",(?![^(\[]*[)\]])")


def xpath_of(where: str) -> str:
    """A few words of CSS as XPath: tags, `#id`, `.class`, `[name=value]`, `:not()`, `:has()`, within, and
    alternatives. What begins with `xpath=` is XPath already."""
    if where.startswith("xpath="):
        return f"./{where.removeprefix('xpath=')}"
    return " | ".join(f".{_steps(each.strip())}" for each in ALTERNATIVES.split(where))


def _steps(where: str) -> str:
    path, at = "", 0
    while at < len(where):
        found = STEP.match(where, at)
        assert found is not None, where
        assert found.end() > at, f"not understood: {where}"
        child, tag, parts = found.groups()
        path += ("/" if child else "//") + (tag or "*") + _conditions(parts)
        at = found.end()
    return path


def _conditions(parts: str) -> str:
    said = ""
    for kind, name, attribute, how, value, function, inner in PART.findall(parts):
        if kind:
            has = f"contains(concat(' ', @class, ' '), ' {name} ')"
            said += f"[@id='{name}']" if kind == "#" else f"[{has}]"
        elif function == "has":
            said += f"[.{_steps(inner.strip())}]"
        elif function:
            said += f"[not(self::*{_conditions(inner)})]"
        elif how == "$":
            said += f"[substring(@{attribute}, string-length(@{attribute}) - {len(value) - 1}) = '{value}']"
        elif how == "^":
            said += f"[starts-with(@{attribute}, '{value}')]"
        else:
            said += f"[@{attribute}='{value}']" if value else f"[@{attribute}]"
    return said
