"""The static files: what is kept is what the sources give, and nothing in it is the government's own."""

import gzip
import os
import re
import subprocess
from pathlib import Path

import crispy_forms_gds
import pytest
from PIL import Image, ImageChops

from scripts import icons
from tests.network import node

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "schoolgate/web/static"
TEMPLATES = ROOT / "schoolgate/web"
STYLES = ROOT / "scripts/styles"
KEPT = sorted(path for path in STATIC.rglob("*") if path.is_file())
READABLE = [path for path in KEPT if path.suffix in {".css", ".mjs", ".js", ".svg", ".json"}]
OF_THE_GOVERNMENT = re.compile(
    r"gds.?transport|\bcrown\b|\bcrest\b|govuk-header|govuk-footer|@font-face|\.woff", re.IGNORECASE
)


@pytest.mark.parametrize("path", READABLE, ids=lambda path: path.name)
def test_no_static_file_holds_anything_of_the_governments_own(path):
    assert OF_THE_GOVERNMENT.findall(path.read_text(encoding="utf-8")) == []


def test_no_font_and_no_picture_of_others_is_kept():
    """The icons of the installed app are PNG, because phones take nothing else; the service worker is no
    module, because not every browser starts one, and leave.js is none, because it has to be there before its
    link. All are ours."""
    others = sorted(path.name for path in KEPT if path.suffix not in {".css", ".mjs", ".svg", ".txt"})
    assert others == sorted([*icons.ICONS, "leave.js", "service-worker.js"])


@pytest.mark.parametrize("name", icons.ICONS)
def test_an_icon_is_what_its_script_draws(tmp_path, name):
    icons.main(tmp_path)
    with Image.open(tmp_path / name) as drawn, Image.open(STATIC / "web" / name) as kept:
        assert drawn.size == kept.size
        differs = ImageChops.difference(drawn.convert("RGBA"), kept.convert("RGBA"))
        assert differs.getextrema() == ((0, 0),) * 4


def test_the_style_sheet_loads_nothing():
    css = (STATIC / "web/schoolgate.css").read_text(encoding="utf-8")
    assert re.findall(r"@import|url\(", css) == []


def test_no_template_has_an_inline_script_or_style():
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:|hx-on|hx-vals=.js:", re.IGNORECASE
    )
    found = {
        str(path.relative_to(TEMPLATES)): hits
        for path in TEMPLATES.rglob("*.html")
        if (hits := inline.findall(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_every_icon_that_a_template_names_is_drawn():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "web/icons.svg").read_text(encoding="utf-8")))
    named = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r'<c-icon name="([\w-]+)"', path.read_text(encoding="utf-8"))
    }
    assert named - drawn == set()


def test_the_kept_files_are_what_the_sources_give(tmp_path):
    if not (STYLES / "node_modules/sass").is_dir():
        pytest.fail("the packages of scripts/styles are not installed: run `make styles`", pytrace=False)
    command = [str(node.node()), "build.mjs", "--out", str(tmp_path)]
    subprocess.run(command, cwd=STYLES, check=True, capture_output=True, env={"PATH": os.environ["PATH"]})
    built = {
        path.relative_to(tmp_path).as_posix(): path.read_bytes()
        for path in tmp_path.rglob("*")
        if path.is_file()
    }
    assert {
        name: (STATIC / "web" / name).read_bytes() == content for name, content in built.items()
    } == dict.fromkeys(built, True)
    assert sorted(built) == [
        "dark.css",
        "govuk/LICENSE.txt",
        "govuk/button.mjs",
        "govuk/character-count.mjs",
        "govuk/error-summary.mjs",
        "schoolgate.css",
    ]


MOST_AS_WRITTEN, MOST_AS_SERVED = 60_000, 15_000
"""Bytes of the style sheets."""
NEVER_WRITTEN = {"govuk-character-count__message--disabled"}
"""Classes that a module of GOV.UK Frontend gives by itself."""


def test_the_style_sheet_is_light_and_says_nothing_of_what_no_page_has():
    sheet = b"".join((STATIC / "web" / name).read_bytes() for name in ("schoolgate.css", "dark.css"))
    assert len(sheet) < MOST_AS_WRITTEN
    assert len(gzip.compress(sheet, 9)) < MOST_AS_SERVED
    kinds = {".html", ".py", ".mjs", ".js"}
    homes = (TEMPLATES.parent, Path(crispy_forms_gds.__file__).parent)
    sources = [path for home in homes for path in home.rglob("*") if path.suffix in kinds]
    said = "\n".join(path.read_text(encoding="utf-8") for path in sources if "govuk" not in path.parts)
    words = set(re.findall(r"[a-zA-Z][\w-]*", said))
    drawn = set(re.findall(r"\.([a-zA-Z][\w-]*)", sheet.decode("utf-8")))
    put_together = {name for name in drawn if f"{name.rpartition('--')[0]}--" in words}
    assert drawn - words - put_together == NEVER_WRITTEN
