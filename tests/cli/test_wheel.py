"""The wheel works alone: in an empty folder, without this checkout, it sets up, serves and stops."""

import re
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import httpx
import pytest

from schoolgate import __version__
from tests.cli.machine import Machine
from tests.environment import a_home
from tests.gates.files import ROOT

pytestmark = [pytest.mark.processes, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Built by the locked hatchling, without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True)
    (found,) = folder.iterdir()
    return found


@pytest.fixture(scope="module")
def installed(wheel) -> Iterator[Machine]:
    """The wheel in an environment of its own, which takes what it needs from this one: there is no index."""
    home = a_home("wheel")
    home.parent.mkdir(parents=True, exist_ok=True)
    python = home.parent / "env" / "bin" / "python"
    own_pip = (
        find_spec("pip") is not None
    )  # then the new environment needs none, which takes longer than all else
    words = [sys.executable, "-m", "venv", *(["--without-pip"] if own_pip else []), str(python.parent.parent)]
    subprocess.run(words, check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(python)] if own_pip else [str(python), "-m", "pip"]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel)], check=True)
    (own,) = (python.parent.parent / "lib").glob("*/site-packages")
    # A folder that a .pth names is searched last, and its own .pth files (this checkout's) are not read.
    (own / "others.pth").write_text(sysconfig.get_path("purelib"))
    machine = Machine(home, program=(str(python.with_name("schoolgate")),), folder=home.parent)
    yield machine
    machine.schoolgate("down")
    if machine.supervisor is not None:
        machine.supervisor.wait()


def test_the_wheel_has_every_file_of_the_package(wheel):
    tracked = subprocess.run(
        ["git", "ls-files", "schoolgate"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()
    assert set(tracked) - set(zipfile.ZipFile(wheel).namelist()) == set()
    assert wheel.name == f"schoolgate-{__version__}-py3-none-any.whl"


def test_it_starts_in_an_empty_folder_and_serves_pages_with_their_styles_in_both_languages(installed):
    asked = "import schoolgate; print(schoolgate.__file__)"
    python = Path(installed.program[0]).with_name("python")
    where = subprocess.check_output([python, "-c", asked], cwd=installed.folder, text=True)
    assert Path(where).is_relative_to(python.parent.parent)
    installed.up()
    assert installed.health() == {"status": "ok", "work": "ok", "database": "ok", "version": __version__}
    here = f"http://localhost:{installed.port}"
    with httpx.Client(base_url=here, follow_redirects=True) as browser:
        page = browser.get("/")
        assert (page.status_code, page.url.path) == (200, "/sign-in")
        assert "Sign in" in page.text
        styles = set(re.findall(r'href="(/static/[^"]+\.css)"', page.text))
        assert [browser.get(each).status_code for each in styles] == [200, 200]
        assert "Mewngofnodi" in browser.get("/sign-in", headers={"Accept-Language": "cy"}).text
    assert "wildground" in installed.schoolgate("policy", "list").stdout


def test_it_brings_the_cases_with_which_staff_are_asked_about_their_policy(installed):
    """They were beside the tests: staff could not be asked, and Wootton's example could not be made."""
    asks = """
import os
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "schoolgate.config.settings"
django.setup()
from schoolgate.policy.checks import questions_for
from schoolgate.rulebook import book
print(len(questions_for(book("wootton"), person=1, version=1, number=1)))
"""
    python = Path(installed.program[0]).with_name("python")
    assert subprocess.check_output([python, "-c", asks], cwd=installed.folder, text=True) == "5\n"


def test_down_stops_everything_once(installed):
    """It sends the signal that a terminal or an operating system sends; the supervisor ends by itself."""
    assert installed.supervisor is not None
    first = installed.schoolgate("down")
    assert (first.returncode, first.stdout) == (0, "schoolgate: stopped\n")
    assert installed.supervisor.wait(60) == 0
    assert installed.processes() == []
    second = installed.schoolgate("down")
    assert (second.returncode, second.stdout) == (
        0,
        "schoolgate: nothing was running from this installation\n",
    )
