"""What the program is given from outside and can't use is told in one sentence, with what to do."""

import errno
import os
from pathlib import Path
from unittest.mock import MagicMock, Mock

import certifi
import psycopg
import pytest
from pydantic import ValidationError

from schoolgate.cli.main import main
from schoolgate.cli.registry import COMMANDS, Needs
from schoolgate.cli.up import check_port
from schoolgate.core import home as homes
from schoolgate.core.env import Env, env, unknown_settings
from schoolgate.core.home import nothing_yet, unusable_home
from schoolgate.core.postgres.reaching import check_database
from schoolgate.core.postgres.server import database_url
from schoolgate.core.surroundings import NO_BUCKET, SurroundingsTrouble, wrong_settings
from tests.gates.test_surroundings import settings_read

SECRET = "hunter2-hunter2"


@pytest.fixture
def a_file(tmp_path) -> Path:
    (tmp_path / "file").touch()
    return tmp_path / "file"


BOTH = "postgresql://app@one.example,two.example/school?target_session_attrs=read-write"
"""A database and its standby."""
WRONG_AND_RIGHT = {
    "PORT": (["abc", "0", "99999", ""], "a number from 1 to 65535", ["1", "65535"]),
    "SCHOOLGATE_HOME": (["", "  "], "a folder, such as /var/lib/schoolgate", ["/srv/school", "."]),
    "SCHOOLGATE_LISTEN_ON": (
        ["foo", "localhost", "127.0.0.1:80", "[::1]"],
        "an address of this machine, such as 127.0.0.1",
        ["0.0.0.0", "::1"],
    ),
    "SCHOOLGATE_PUBLIC_ADDRESS": (
        [
            "social.example",
            "ftp://social.example",
            "https://",
            "https://a b.example",
            "https://-a.example",
            "https://social.example/school",
            "https://social.example?x",
            "https://u:p@social.example",
            "https://social.example:0",
            "https://social.example:99999",
            "nonsense",
            "https://[::1",
        ],
        "an address such as https://social.example.sch.uk, without a path",
        ["https://social.example.sch.uk", "http://localhost:8000/", "https://[::1]:8443", ""],
    ),
    "SCHOOLGATE_ALLOWED_HOSTS": (
        ["https://social.example", "a.example,b.example/c", "a.example:80", "a..example"],
        "names such as social.example.sch.uk, without https://",
        ["a.example, b.example ,", "*", ".example", "[::1]", ""],
    ),
    "SCHOOLGATE_PRIVATE_HOSTS": (
        ["https://pds.school.lan", "pds.school.lan:0", "pds.school.lan:70000", "a b"],
        "names such as pds.school.lan:8443, without https://",
        ["localhost:2583,[::1]", "pds.school.lan", ""],
    ),
    "SCHOOLGATE_TRUSTED_PROXIES": (["yes", "-1", "6"], "a number from 0 to 5", ["0", "5"]),
    "DATABASE_URL": (
        ["hunter2", "postgresql://", "postgresql://app:hunter2@db", ""],
        "an address such as postgresql://user@host/name",
        ["postgresql://app:p%40ss@db.example:6432/school?sslmode=require", "postgresql:///school", BOTH],
    ),
    "SCHOOLGATE_SECRET_KEY": (["short"], "?needs at least 32 characters", ["k" * 32]),
    "SCHOOLGATE_KEEPS_RECORD": (["perhaps"], "1 (yes) or 0 (no)", ["1", "off"]),
    "SCHOOLGATE_DELIVER_FOR_REAL": (["perhaps"], "1 (yes) or 0 (no)", ["1", "off"]),
    "SCHOOLGATE_MAIL_HOST": (
        ["https://mail.example", "mail example", "mail.example:25", ""],
        "the name of a server, such as mail.example.sch.uk",
        ["mail.example.sch.uk", "10.0.0.5", "localhost"],
    ),
    "SCHOOLGATE_MAIL_PORT": (["smtp", "0"], "a number from 1 to 65535", ["587"]),
    "SCHOOLGATE_MAIL_TLS": (["starttls"], "1 (yes) or 0 (no)", ["0"]),
    "SCHOOLGATE_MAIL_FROM": (
        ["Hill School", "office@", "Hill <office@a.example", "a@b.example, c@d.example", ""],
        "an email address, such as social@example.sch.uk",
        ["a@b.example", "Hill School <a@b.example>"],
    ),
    "SCHOOLGATE_MAIL_IN": (
        ["office", "a+b@c.example", "a b@c.example"],
        "an email address without a +",
        ["inbox@a.example", ""],
    ),
    "SCHOOLGATE_EXAMPLES": (["perhaps"], "1 (yes) or 0 (no)", ["0"]),
    "SCHOOLGATE_BACKUP_FOLDER": (["backups", ""], "a whole path, such as /srv/backup", ["/srv/backup"]),
    "SCHOOLGATE_BACKUP_HOUR": (["24", "01:00"], "a number from 0 to 23", ["0", "23"]),
    "SCHOOLGATE_BACKUP_KEEP": (["0", "all"], "a number from 1 to 1000", ["1"]),
    "SCHOOLGATE_WEB_PROCESSES": (["0", "17"], "a number from 1 to 16", ["16"]),
    "SCHOOLGATE_WEB_THREADS": (["0", "65"], "a number from 1 to 64", ["64"]),
    "SCHOOLGATE_WEB_PATIENCE": (["0", "61", "nan"], "a number from 0.5 to 60", ["0.5"]),
    "SCHOOLGATE_METRICS_TOKEN": (["hunter2-hunter2"], "?needs at least 20 characters", ["t" * 20]),
    "SCHOOLGATE_FILES": (
        [
            "s3://schools",
            "https://s3.example.org/schools",
            "https://AKIA:x@s3.example.org",
            "https://a:b@/c",
            "folder",
            "https://AKIA:a/b@s3.example.org/schools",
            "https://AKIA:x@s3.example.org:seven/schools",
        ],
        NO_BUCKET.removeprefix("has to be "),
        ["https://AKIA:x@s3.example.org/schools/our?region=eu-west-2", "http://AKIA:x@10.0.0.5:9000/b", ""],
    ),
    "SCHOOLGATE_TRACES": (
        ["localhost:4318", "http://", "https://user:pass@collector.example/v1"],
        "an address such as http://localhost:4318, without a path",
        ["http://localhost:4318"],
    ),
    "SSL_CERT_FILE": (
        ["/nowhere.pem", "/", __file__],
        "a file of certificates (PEM) that this user can read",
        [certifi.where(), ""],
    ),
    "SCHOOLGATE_COMMENTS_OF": (
        ["LinkedIn", "linked in", "a;b"],
        "names of networks in small letters, with commas",
        ["linkedin, x", ""],
    ),
    "SCHOOLGATE_LINKEDIN_VERSION": (["2026-06", "202613", ""], "a month, such as 202606", ["202701"]),
    "SCHOOLGATE_LOG_FORMAT": (["xml"], "text or json", ["json"]),
    "SCHOOLGATE_LOG_LEVEL": (["LOUD"], "DEBUG, INFO, WARNING or ERROR", ["ERROR"]),
}
"""Of each setting what's refused, what it has to be, and what's taken."""
BY_THEMSELVES = {
    "DATABASE_OWNER_URL": "DATABASE_URL",
    "SCHOOLGATE_META_APP_SECRET": "SCHOOLGATE_META_APP_ID",
    "SCHOOLGATE_THREADS_APP_SECRET": "SCHOOLGATE_THREADS_APP_ID",
    "SCHOOLGATE_GOOGLE_APP_SECRET": "SCHOOLGATE_GOOGLE_APP_ID",
    "SCHOOLGATE_LINKEDIN_APP_SECRET": "SCHOOLGATE_LINKEDIN_APP_ID",
    "SCHOOLGATE_X_APP_SECRET": "SCHOOLGATE_X_APP_ID",
}
ANY_WORDS = frozenset({"SCHOOLGATE_MAIL_USER", "SCHOOLGATE_MAIL_PASSWORD", *BY_THEMSELVES.values()}) - {
    "DATABASE_URL"
}
"""A user, a password and an application's id are whatever another made them."""


@pytest.mark.parametrize("name", WRONG_AND_RIGHT)
def test_what_a_setting_cannot_be_is_one_sentence_without_its_value_and_what_it_can_is_taken(told, name):
    wrong, kind, right = WRONG_AND_RIGHT[name]
    says = f"{name} {kind[1:]}." if kind.startswith("?") else f"{name} has to be {kind}."
    for value in wrong:
        told(**{name: value})
        with pytest.raises(SurroundingsTrouble) as trouble:
            env()
        assert str(trouble.value) == says, value
    for value in right:
        told(**{name: value})
        assert env(), value


@pytest.mark.parametrize("name", BY_THEMSELVES)
def test_what_is_nothing_without_another_setting_is_refused_without_it(told, name):
    value = "postgresql://owner@db.example/school"
    told(**{name: value})
    with pytest.raises(SurroundingsTrouble, match=f"{name} goes with {BY_THEMSELVES[name]}: set both"):
        env()
    told(**{BY_THEMSELVES[name]: value})
    assert env()


MISSPELT = {
    "SCHOOLGATE_PROT": "Did you mean PORT?",
    "SCHOOLGATE_PORT": "Did you mean PORT?",
    "SCHOOLGATE_PUBLIC_ADRESS": "Did you mean SCHOOLGATE_PUBLIC_ADDRESS?",
    "SCHOOLGATE_MAILHOST": "Did you mean SCHOOLGATE_MAIL_HOST?",
    "SCHOOLGATE_DATABASE_URL": "Did you mean DATABASE_URL?",
    "SCHOOLGATE_XYZZY": "docs/operations.md has the list.",
}


def test_what_is_no_setting_is_named_with_the_one_that_was_meant(told):
    assert unknown_settings() == []
    told(schoolgate_mail_host="a.example", SCHOOLGATE_TEST_SHOTS="1", SCHOOL_GATE="1", **MISSPELT)
    says = sorted(
        f"{name} is not a setting, so it changes nothing. {meant}" for name, meant in MISSPELT.items()
    )
    assert unknown_settings() == says


def test_every_setting_is_tried():
    assert sorted({*WRONG_AND_RIGHT, *BY_THEMSELVES, *ANY_WORDS}) == sorted(settings_read())


@pytest.mark.parametrize(
    "password", ["hunt@er2", "hunt:er2@", "hunt/er2@x", "hun#ter2/@", "hunt?er2@/x", "%zzhunter2"]
)
def test_a_password_with_a_sign_that_was_not_encoded_is_not_taken_for_a_host_and_told(told, password):
    told(DATABASE_URL=f"postgresql://app:{password}@127.0.0.1:1/school")
    with pytest.raises(SurroundingsTrouble) as trouble:
        check_database(env(), "app")
    assert str(trouble.value).startswith("DATABASE_URL ")
    assert "hun" not in str(trouble.value)
    assert "er2" not in str(trouble.value)


@pytest.mark.parametrize(
    ("message", "why"),
    [
        ("failed to resolve host 'db.example'", "and no machine has that name. Check the host"),
        ("connection timeout expired", "which doesn't answer. Check host and port"),
        (
            'FATAL:  password authentication failed for user "app"',
            "which refuses user app with that password",
        ),
        ("fe_sendauth: no password supplied", "which wants a password for user app"),
        ('FATAL:  no pg_hba.conf entry for host "10.0.0.1"', "which lets no user app in from this machine"),
        ('FATAL:  role "app" does not exist', "which has no user app"),
        ('FATAL:  database "school" does not exist', "which has no database school"),
        ("FATAL:  sorry, too many clients already", "which has no connection left"),
        ("something else about hunter2", "which takes no connection. Check the address"),
    ],
)
def test_why_a_database_cannot_be_reached_is_told_in_our_own_words(told, monkeypatch, message, why):
    def refuses(*_, **__):
        raise psycopg.OperationalError(message)

    monkeypatch.setattr(psycopg, "connect", refuses)
    told(DATABASE_URL=f"postgresql://app:{SECRET}@db.example/school")
    with pytest.raises(SurroundingsTrouble) as trouble:
        check_database(env(), "app")
    said = str(trouble.value)
    assert said.startswith("DATABASE_URL names db.example, port 5432, ")
    assert why in said
    assert "hunter2" not in said
    assert "\n" not in said


@pytest.mark.parametrize("variable", ["DATABASE_URL", "DATABASE_OWNER_URL"])
@pytest.mark.parametrize("command", sorted(n for n, e in COMMANDS.items() if e.needs is not Needs.NOTHING))
def test_every_command_says_so_of_a_database_that_does_not_answer(told, tmp_path, capsys, command, variable):
    entry = COMMANDS[command]
    as_owner = entry.needs is Needs.DATABASE_AS_OWNER
    if entry.needs is Needs.DJANGO or (variable == "DATABASE_OWNER_URL") is not as_owner:
        return
    told(
        DATABASE_URL=f"postgresql://app:{SECRET}@127.0.0.1:1/school",
        DATABASE_OWNER_URL=f"postgresql://owner:{SECRET}@127.0.0.1:1/school",
        SCHOOLGATE_HOME=str(tmp_path / "h"),
    )
    assert main([command]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"schoolgate: {variable} names 127.0.0.1, port 1, where no database answers.")
    assert said.count("\n") == 1
    assert SECRET not in said


@pytest.mark.parametrize("words", [["up"], ["upgrade"], ["move-database", "--to-embedded"], ["web"]])
def test_so_do_those_that_begin_others(told, tmp_path, capsys, words):
    told(
        DATABASE_URL=f"postgresql://app:{SECRET}@127.0.0.1:1/school",
        DATABASE_OWNER_URL=f"postgresql://owner:{SECRET}@127.0.0.1:1/school",
        SCHOOLGATE_HOME=str(tmp_path / "h"),
    )
    assert main(words) == 1
    assert "where no database answers" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        *([name] for name, one in COMMANDS.items() if one.needs.startswith("database") and not one.begins),
        ["upgrade"], ["move-database", "--to", "postgresql://a@b/c", "--owner-url", "postgresql://a@b/c"],
        ["showmigrations"], ["shell"], ["web"], ["setup", "--list"], ["migrate", "--plan"],
    ],
)  # fmt: skip
def test_in_a_home_where_nothing_was_set_up_a_command_says_how_to_begin_and_makes_nothing(
    told, tmp_path, capsys, words
):
    home = tmp_path / "h"
    told(SCHOOLGATE_HOME=str(home))
    assert main(words) == 1
    assert capsys.readouterr().err == f"schoolgate: {nothing_yet(home)}\n"
    assert not home.exists()


def test_nor_does_one_that_stops_what_runs_or_reads_what_is_asked_without_a_database(told, tmp_path, capsys):
    told(SCHOOLGATE_HOME=str(tmp_path / "h"))
    for words in (["down"], ["policy", "list"], ["situations"], ["database-url"], ["files"]):
        assert main(words) == 0
    assert not (tmp_path / "h").exists()


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.EADDRNOTAVAIL, "SCHOOLGATE_LISTEN_ON is 192.0.2.1, which is not an address of this machine."),
        (errno.EADDRINUSE, "Port 80 can't be used (another program uses it). Choose another: PORT=8080 "),
        (errno.EACCES, "Port 80 can't be used (Permission denied). Choose another: PORT=8080 "),
    ],
)
def test_what_cannot_be_listened_on_is_told_for_what_it_is(monkeypatch, number, says):
    bound = Mock(side_effect=OSError(number, os.strerror(number)))
    made = MagicMock(**{"return_value.__enter__.return_value.bind": bound})
    monkeypatch.setattr("schoolgate.cli.up.socket.socket", made)
    with pytest.raises(SurroundingsTrouble) as trouble:
        check_port("192.0.2.1", 80)
    assert str(trouble.value).startswith(says)


def test_no_setting_of_the_program_is_told_with_its_value():
    """Whatever kind of setting comes to be: each is given what none can be."""
    wrong = {field.validation_alias or name: [SECRET] for name, field in Env.model_fields.items()}
    with pytest.raises(ValidationError) as trouble:
        Env.model_validate(wrong)
    said = wrong_settings(trouble.value, Env)
    assert SECRET not in said
    assert len(said.splitlines()) == len(trouble.value.errors())
    assert "can't be read" in said  # what no sentence was written for is at least named


@pytest.mark.parametrize("words", [["up"], ["down"], ["check"], ["sign-ins"], ["upgrade"], ["code", "a@b"]])
def test_every_command_says_the_same_of_a_home_that_is_a_file(told, a_file, capsys, words):
    told(SCHOOLGATE_HOME=str(a_file))
    assert main(words) == 1
    said = f"schoolgate: SCHOOLGATE_HOME is {a_file}, and that is a file. Choose a folder.\n"
    assert capsys.readouterr().err == said


@pytest.mark.parametrize(
    ("home", "why"),
    [("file/var", "file is not a folder"), ("/proc/schoolgate", "no folder can be made there")],
)
def test_a_home_that_cannot_be_made_says_why(told, a_file, home, why):
    told(SCHOOLGATE_HOME=str(a_file.parent / home))
    with pytest.raises(SurroundingsTrouble, match=rf"{why}\. Choose another folder"):
        homes.home()


def test_a_home_of_another_user_is_named_also_where_only_its_folders_are(told, tmp_path, monkeypatch):
    told(SCHOOLGATE_HOME=str(tmp_path))
    (tmp_path / "run").mkdir()
    monkeypatch.setattr(os, "access", lambda place, _how: Path(place) == tmp_path)  # root may do all
    with pytest.raises(SurroundingsTrouble, match=r"run belongs to .*, and you can't write there\. Give the"):
        homes.folder("run")


def test_a_file_of_another_user_in_the_home_is_too_and_one_elsewhere_is_a_fault_of_ours(tmp_path):
    (tmp_path / "run").mkdir()
    lock = tmp_path / "run" / "up.lock"
    lock.touch()
    within = unusable_home(PermissionError(13, "Permission denied", str(lock)), tmp_path)
    assert within is not None
    assert "up.lock belongs to" in within
    assert ". Give the command as " in within
    assert unusable_home(PermissionError(13, "Permission denied", "/etc/shadow"), tmp_path) is None
    assert unusable_home(FileNotFoundError(2, "No such file", str(tmp_path / "lost")), tmp_path) is None


def test_an_address_for_the_program_without_one_for_its_tables_is_a_sentence_too(told):
    told(DATABASE_URL=f"postgresql://app:{SECRET}@db.example/school")
    with pytest.raises(SurroundingsTrouble, match="DATABASE_OWNER_URL is not") as trouble:
        database_url(env(), "owner")
    assert SECRET not in str(trouble.value)


def test_a_home_that_is_new_is_made(told, tmp_path):
    told(SCHOOLGATE_HOME=str(tmp_path / "new" / "home"))
    assert homes.folder("run") == tmp_path / "new" / "home" / "run"


def test_the_version_is_that_of_schoolgate(capsys):
    assert main(["--version"]) == 0
    assert main(["version"]) == 0
    assert capsys.readouterr().out == "schoolgate 0.2.0\n" * 2
