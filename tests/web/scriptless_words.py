"""What an element of a page says and is called, and where it stands (`scriptless`)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

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


def text_of(element: Any) -> str:
    """What an element says, in one line."""
    if not isinstance(element.tag, str) or element.tag in ("script", "style", "template"):
        return ""
    said = element.xpath(".//text()[not(ancestor::script or ancestor::style or ancestor::template)]")
    return " ".join("".join(said).split())


def value_of(option: Any) -> str:
    """What is sent where this is chosen."""
    return str(option.get("value")) if option.get("value") is not None else text_of(option)


def file_of(given: Any) -> SimpleUploadedFile:
    """A file, as it's sent."""
    if isinstance(given, dict):
        return SimpleUploadedFile(given["name"], given["buffer"], given["mimeType"])
    path = Path(given)
    return SimpleUploadedFile(path.name, path.read_bytes())


def xpath_of(where: str) -> str:
    """A few words of CSS as XPath: tags, `#id`, `.class`, `[name=value]`, within, and alternatives."""
    return " | ".join("." + "".join(map(_step, each.replace("> ", ">").split())) for each in where.split(","))


def _step(given: str) -> str:
    step = given.removeprefix(">")
    path = "//" if step == given else "/"
    path += re.match(r"[\w-]*", step)[0] or "*"
    for kind, name in re.findall(r"([#.])([\w-]+)", re.sub(r"\[.*?\]", "", step)):
        has = f"contains(concat(' ', @class, ' '), ' {name} ')"
        path += f"[@id='{name}']" if kind == "#" else f"[{has}]"
    for name, how, value in re.findall(r"\[([\w-]+)(\^?=)?['\"]?(.*?)['\"]?\]", step):
        begins = f"[starts-with(@{name}, '{value}')]"
        path += begins if how == "^=" else f"[@{name}='{value}']" if how else f"[@{name}]"
    return path
