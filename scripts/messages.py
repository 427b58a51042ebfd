"""Collects every sentence of the package, merges the Welsh of each app and compiles the catalogue.

    python scripts/messages.py            writes schoolgate/locale/cy/LC_MESSAGES/django.mo
    python scripts/messages.py --check    writes nothing: names what is missing, double or stale

The Welsh of each app is in schoolgate/locale/cy/parts/<app>.po; a part's header says whether a Welsh speaker
has read it. Sentences of other packages (Django, allauth) are in parts whose names begin with "outside".
Needs xgettext (Debian: gettext) to collect.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
import yaml

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "schoolgate"
WELSH = PACKAGE / "locale" / "cy"
OUTSIDE = "outside"
"""How parts begin that have sentences of other packages."""
CATALOGUE = WELSH / "LC_MESSAGES" / "django.mo"
PLURALS = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5);"


COLLECT = """
import sys
from django.conf import settings
from django.core.management import execute_from_command_line
from django.core.management.commands.makemessages import BuildFile

settings.configure()
BuildFile.postprocess_messages = lambda _its, found: found
execute_from_command_line(sys.argv)
"""
"""Django's command without the program, of which it needs nothing, and without its last step, which searches
all that was found for the name of each template: of its 15 seconds it took 11, to take off an ending that
`_inside` takes off."""


READ = (".py", ".html", ".txt")
"""The files that Django's command looks for."""


Key = tuple[str | None, str]


@dataclass
class Merged:
    """The catalogue, and what is wrong with the parts it was made of."""

    catalogue: polib.POFile
    missing: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def collect(package: Path = PACKAGE) -> dict[Key, polib.POEntry]:
    """Every sentence that the package marks for translation, by context and text.

    Raises SystemExit with the name of what is absent where xgettext is not installed.
    """
    if shutil.which("xgettext") is None:
        raise SystemExit("xgettext is not installed (Debian: apt-get install gettext)")
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder) / "package"  # links: Django writes a file beside each template while it reads
        shutil.copytree(package.resolve(), here, ignore=_without_sentences, copy_function=os.symlink)
        (here / "locale").mkdir()
        command = [sys.executable, "-c", COLLECT, "makemessages", "--locale=cy", "--keep-pot"]
        done = subprocess.run(command, cwd=here, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr)
        collected = polib.pofile(str(here / "locale" / "django.pot"))
    in_code = {(entry.msgctxt, entry.msgid): entry for entry in collected if not entry.obsolete}
    return _titles_of_questions(package) | _names_of_columns(package) | in_code


def _without_sentences(folder: str, names: list[str]) -> set[str]:
    """Return what Django would not read; to open and copy a file takes as long as to read it."""
    return {
        name
        for name in names
        if name in ("locale", "__pycache__", "static")
        or not (name.endswith(READ) or Path(folder, name).is_dir())
    }


def _names_of_columns(package: Path) -> dict[Key, polib.POEntry]:
    """Return the names of columns in answers to requests about data, which the models have."""
    if package != PACKAGE:
        return {}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schoolgate.config.settings")
    with tempfile.TemporaryDirectory() as home:  # settings make a secret in the home
        os.environ.setdefault("SCHOOLGATE_HOME", home)
        import django

        sys.path.insert(0, str(ROOT))
        django.setup()
        from schoolgate.core.disclosure import names_of_columns
        from schoolgate.core.saying import COLUMN

        names = sorted(names_of_columns())
    return {
        (COLUMN, name): polib.POEntry(msgctxt=COLUMN, msgid=name, occurrences=[("core/disclosure", "")])
        for name in names
    }


def _titles_of_questions(package: Path) -> dict[Key, polib.POEntry]:
    """Return the questions of "May I ...?", which are in data files."""
    return {
        (None, one["title"]): polib.POEntry(msgid=one["title"], occurrences=[(path.stem, "")])
        for path in sorted((package / "rulebook" / "adviser" / "catalogue").glob("*.yaml"))
        if path.stem != "usual"
        for one in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    }


def merge(collected: dict[Key, polib.POEntry], parts: Path = WELSH / "parts") -> Merged:
    """The catalogue of `collected` with the Welsh of every part in the folder `parts`."""
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Project-Id-Version": "Schoolgate",
        "Language": "cy",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS,
    }
    merged = Merged(catalogue)
    welsh, came_from = _read_parts(parts, collected, merged)
    parts_of = _parts_of_places(collected, came_from) if collected.keys() - welsh.keys() else {}
    for key in sorted(set(collected) | set(welsh), key=lambda each: (each[1], each[0] or "")):
        entry = welsh.get(key)
        if entry is None:
            source = collected[key]
            where = ", ".join(sorted({_inside(path) for path, _line in source.occurrences}))
            part = _part_for(source, parts_of)
            merged.missing.append(f"{key[1]!r} ({where}): put it into schoolgate/locale/cy/parts/{part}")
            entry = polib.POEntry(msgctxt=key[0], msgid=key[1], msgid_plural=source.msgid_plural)
            entry.msgstr_plural = dict.fromkeys(range(6), "") if source.msgid_plural else {}
        entry.flags = sorted(
            flag for flag in (collected[key].flags if key in collected else []) if flag != "fuzzy"
        )
        catalogue.append(entry)
    return merged


def _read_parts(
    folder: Path, collected: dict[Key, polib.POEntry], merged: Merged
) -> tuple[dict[Key, polib.POEntry], dict[Key, str]]:
    """Return the Welsh of the parts, and the part that each comes from."""
    welsh: dict[Key, polib.POEntry] = {}
    came_from: dict[Key, str] = {}
    for path in sorted(folder.glob("*.po")):
        part = polib.pofile(str(path))
        for entry in part:
            key = (entry.msgctxt, entry.msgid)
            said = f"{path.name}: {entry.msgid!r}"
            if entry.obsolete or not entry.translated() or "fuzzy" in entry.flags:
                merged.wrong.append(f"{said} has no Welsh")
                continue
            if key not in collected and not path.name.startswith(OUTSIDE):
                merged.wrong.append(f"{said} is said nowhere in the package")
                continue
            if key in welsh and _said(welsh[key]) != _said(entry):
                merged.wrong.append(f"{said} has other Welsh in {came_from[key]}")
                continue
            merged.wrong += [f"{said} {slip}" for slip in _slips(entry, collected.get(key))]
            came_from.setdefault(key, path.name)
            plural = dict(entry.msgstr_plural)
            welsh[key] = polib.POEntry(
                msgctxt=entry.msgctxt,
                msgid=entry.msgid,
                msgid_plural=entry.msgid_plural,
                msgstr=entry.msgstr,
                msgstr_plural=plural,
            )
    return welsh, came_from


def _parts_of_places(
    collected: dict[Key, polib.POEntry], came_from: dict[Key, str]
) -> dict[str, Counter[str]]:
    """Return how many sentences of each file, and of each folder, stand in which part."""
    found: dict[str, Counter[str]] = {}
    for key, part in came_from.items():
        if key in collected and not part.startswith(OUTSIDE):
            for path, _line in collected[key].occurrences:
                for place in _around(path):
                    found.setdefault(place, Counter())[part] += 1
    return found


def _part_for(source: polib.POEntry, parts_of: dict[str, Counter[str]]) -> str:
    """Return the part for a new sentence: with most of its file, else of the nearest folder that has some,
    else a new one. All of `web` is one room with fifty parts: its most used is seldom the right one."""
    around = [[*_around(path)] for path, _line in source.occurrences]
    known = [(above, place) for places in around for above, place in enumerate(places) if place in parts_of]
    if known:
        return parts_of[min(known)[1]].most_common(1)[0][0]
    return f"{around[0][-1] if around else 'core'}.po"


def _around(path: str) -> Iterator[str]:
    """Yield a file, then each folder that it's in, up to its room."""
    yield (place := _inside(path))
    while "/" in place:
        yield (place := place.rpartition("/")[0])


def _said(entry: polib.POEntry) -> tuple[object, ...]:
    return (entry.msgstr, tuple(sorted(entry.msgstr_plural.items())))


def _slips(entry: polib.POEntry, source: polib.POEntry | None) -> list[str]:
    """What would go wrong at run time: places for arguments lost or misspelt, plural forms missing."""
    slips: list[str] = []
    texts = list(entry.msgstr_plural.values()) or [entry.msgstr]
    wanted = _places(entry.msgid) | _places(entry.msgid_plural or "")
    slips += [
        f"names other arguments: {sorted(_places(text))} for {sorted(wanted)}"
        for text in texts
        if not _places(text) <= wanted or (not entry.msgid_plural and _places(text) != wanted)
    ]
    if source is not None and bool(source.msgid_plural) != bool(entry.msgid_plural):
        slips.append("is a plural in one place and not in the other")
    if entry.msgid_plural and (len(texts) != 6 or not all(texts)):
        slips.append("needs six plural forms")
    return slips


def _places(text: str) -> set[str]:
    return set(re.findall(r"\{[\w.\[\]]*\}|%\(\w+\)[sd]|%[sd]", text))


def _inside(path: str) -> str:
    return path.removeprefix("./").removesuffix(".py").strip()


def check(merged: Merged) -> list[str]:
    """Return everything that makes the committed catalogue incomplete or outdated."""
    said = [f"no Welsh for {each}" for each in merged.missing] + merged.wrong
    if not CATALOGUE.exists() or CATALOGUE.read_bytes() != merged.catalogue.to_binary():
        said.append("django.mo is not what the parts give: run `make messages` and commit it with the parts")
    return said


def main(arguments: list[str]) -> int:
    """Write the catalogue, or with `--check` only look. 1: something is missing or wrong."""
    merged = merge(collect())
    if "--check" in arguments:
        said = check(merged)
    else:
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        CATALOGUE.write_bytes(merged.catalogue.to_binary())
        said = [f"no Welsh for {each}" for each in merged.missing] + merged.wrong
        print(f"{len(merged.catalogue)} sentences, {len(merged.missing)} without Welsh")
    for line in said:
        print(line, file=sys.stderr)
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
