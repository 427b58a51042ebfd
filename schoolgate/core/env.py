"""Everything that the environment may tell the program, read once and typed.

Nothing else reads the environment.
"""

import difflib
import os
import secrets
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from schoolgate.core import surroundings
from schoolgate.core.surroundings import SurroundingsTrouble, wrong_settings

ROLE_VARIABLE = "SCHOOLGATE_DATABASE_ROLE"
USUAL_HOME = Path("var")
OTHER_HALF = {
    "database_owner_url": "database_url",
    "meta_app_secret": "meta_app_id",
    "threads_app_secret": "threads_app_id",
    "google_app_secret": "google_app_id",
    "linkedin_app_secret": "linkedin_app_id",
    "x_app_secret": "x_app_id",
}
URGENT_THREADS = 2
"""Threads of each process that serves pages for what has to answer at any time."""
PREFIX = "SCHOOLGATE_"
OF_SCRIPTS = (f"{PREFIX}TEST_", f"{PREFIX}ENV_")
"""What tests and `scripts/env` are told."""
POOL_VARIABLE = "SCHOOLGATE_DATABASE_POOL"


class Env(BaseSettings):
    """What may be set from outside.

    Without any of it the program runs on one machine, for that machine only.
    """

    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    port: int = Field(default=8000, ge=1, le=65535)
    listen_on: Annotated[str, AfterValidator(surroundings.listened_on)] = Field(
        default="127.0.0.1", validation_alias="SCHOOLGATE_LISTEN_ON"
    )
    home: Annotated[Path, BeforeValidator(surroundings.folder)] = Field(
        default=USUAL_HOME, validation_alias="SCHOOLGATE_HOME"
    )

    public_address: Annotated[str | None, AfterValidator(surroundings.public_address)] = Field(
        default=None, validation_alias="SCHOOLGATE_PUBLIC_ADDRESS"
    )
    """Address under which people reach the program, as in https://social.example.sch.uk; none: this machine
    only.
    """

    database_url: SecretStr | None = Field(default=None, validation_alias="DATABASE_URL")
    database_owner_url: SecretStr | None = Field(default=None, validation_alias="DATABASE_OWNER_URL")
    database_role: Literal["app", "owner"] = Field(default="app", validation_alias=ROLE_VARIABLE)
    database_pool: int = Field(default=0, ge=0, le=64, validation_alias=POOL_VARIABLE)
    """Most connections a process keeps open; none: one connection per thread, closed after use."""

    web_processes: int = Field(
        default_factory=lambda: min(os.cpu_count() or 1, 2),
        ge=1,
        le=16,
        validation_alias="SCHOOLGATE_WEB_PROCESSES",
    )
    web_threads: int = Field(default=4, ge=1, le=64, validation_alias="SCHOOLGATE_WEB_THREADS")
    web_patience: float = Field(default=15, ge=0.5, le=60, validation_alias="SCHOOLGATE_WEB_PATIENCE")
    """Seconds for the headers of a request, and those a slow sender or reader has beside the lowest rate."""
    trusted_proxies: int = Field(default=0, ge=0, le=5, validation_alias="SCHOOLGATE_TRUSTED_PROXIES")
    """How many proxies of the school's own are in front of the program and may say who the caller is."""

    secret_key: SecretStr | None = Field(
        default=None, min_length=32, validation_alias="SCHOOLGATE_SECRET_KEY"
    )
    """Several machines share one; none: made once and stored in the home's keys."""

    deliver_for_real: bool = Field(default=False, validation_alias="SCHOOLGATE_DELIVER_FOR_REAL")
    """Mail goes out through the server named here, whatever was entered on a page; off: through that one."""

    mail_host: Annotated[str, AfterValidator(surroundings.host)] = Field(
        default="localhost", validation_alias="SCHOOLGATE_MAIL_HOST"
    )
    mail_port: int = Field(default=25, ge=1, le=65535, validation_alias="SCHOOLGATE_MAIL_PORT")
    mail_user: str = Field(default="", validation_alias="SCHOOLGATE_MAIL_USER")
    mail_password: SecretStr = Field(default=SecretStr(""), validation_alias="SCHOOLGATE_MAIL_PASSWORD")
    mail_tls: bool = Field(default=True, validation_alias="SCHOOLGATE_MAIL_TLS")
    mail_from: Annotated[str, AfterValidator(surroundings.sender)] = Field(
        default="schoolgate@localhost", validation_alias="SCHOOLGATE_MAIL_FROM"
    )

    mail_in: str = Field(default="", validation_alias="SCHOOLGATE_MAIL_IN", pattern=r"^$|^[^\s@+]+@[^\s@]+$")
    """The mailbox whose mail is piped to `schoolgate mail-in`, as in inbox@social.example.sch.uk; none:
    nothing comes in by mail.
    """

    examples: bool = Field(default=True, validation_alias="SCHOOLGATE_EXAMPLES")
    """Whether a fresh home is filled with the example federations."""

    backup_folder: Annotated[Path | None, AfterValidator(surroundings.far_folder)] = Field(
        default=None, validation_alias="SCHOOLGATE_BACKUP_FOLDER"
    )
    """Where the daily backup goes; none: `backups` in the home, which is the same disk."""
    backup_hour: int = Field(default=1, ge=0, le=23, validation_alias="SCHOOLGATE_BACKUP_HOUR")
    """The hour of the day, in London, after which the daily backup is made."""
    backup_keep: int = Field(default=14, ge=1, le=1000, validation_alias="SCHOOLGATE_BACKUP_KEEP")

    keeps_record: bool = Field(default=True, validation_alias="SCHOOLGATE_KEEPS_RECORD")
    """Whether this machine's worker signs the record's heads, keeps the journal and makes backups; of several
    machines with one database, one does."""
    files: SecretStr | None = Field(default=None, validation_alias="SCHOOLGATE_FILES")
    """The bucket of an S3-compatible store that several machines share; none: `files` in the home."""

    metrics_token: SecretStr | None = Field(
        default=None, min_length=20, validation_alias="SCHOOLGATE_METRICS_TOKEN"
    )
    """The key for reading `/metrics`; none: that address does not exist."""

    meta_app_id: str = Field(default="", validation_alias="SCHOOLGATE_META_APP_ID")
    meta_app_secret: SecretStr = Field(default=SecretStr(""), validation_alias="SCHOOLGATE_META_APP_SECRET")
    """The operator's application at Meta, through which Facebook Pages and Instagram accounts are connected;
    none: they are posted to by hand."""

    threads_app_id: str = Field(default="", validation_alias="SCHOOLGATE_THREADS_APP_ID")
    threads_app_secret: SecretStr = Field(
        default=SecretStr(""), validation_alias="SCHOOLGATE_THREADS_APP_SECRET"
    )
    """The operator's application for Threads, which is another than the one at Meta; none: profiles there are
    posted to by hand."""

    google_app_id: str = Field(default="", validation_alias="SCHOOLGATE_GOOGLE_APP_ID")
    google_app_secret: SecretStr = Field(
        default=SecretStr(""), validation_alias="SCHOOLGATE_GOOGLE_APP_SECRET"
    )
    """The operator's application at Google, through which YouTube channels are connected; none: they are
    posted to by hand."""

    linkedin_app_id: str = Field(default="", validation_alias="SCHOOLGATE_LINKEDIN_APP_ID")
    linkedin_app_secret: SecretStr = Field(
        default=SecretStr(""), validation_alias="SCHOOLGATE_LINKEDIN_APP_SECRET"
    )
    """The operator's application at LinkedIn; none: Pages there are posted to by hand."""
    linkedin_version: Annotated[str, AfterValidator(surroundings.month)] = Field(
        default="202606", validation_alias="SCHOOLGATE_LINKEDIN_VERSION"
    )
    """The month of LinkedIn's interface that is spoken: LinkedIn answers each for a year."""

    x_app_id: str = Field(default="", validation_alias="SCHOOLGATE_X_APP_ID")
    x_app_secret: SecretStr = Field(default=SecretStr(""), validation_alias="SCHOOLGATE_X_APP_SECRET")
    """The operator's application at X; none: accounts there are posted to by hand."""

    comments_of: Annotated[tuple[str, ...], NoDecode, AfterValidator(surroundings.networks)] = Field(
        default=(), validation_alias="SCHOOLGATE_COMMENTS_OF"
    )
    """Networks whose terms limit how long comments may be kept, and whose comments are read all the same."""

    log_format: Literal["text", "json"] = Field(default="text", validation_alias="SCHOOLGATE_LOG_FORMAT")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", validation_alias="SCHOOLGATE_LOG_LEVEL"
    )

    traces: Annotated[str | None, AfterValidator(surroundings.collector)] = Field(
        default=None, validation_alias="SCHOOLGATE_TRACES"
    )
    """Where OpenTelemetry's collector takes traces, as in http://localhost:4318; none: none are made."""

    allowed_hosts: Annotated[tuple[str, ...], NoDecode, AfterValidator(surroundings.hosts)] = Field(
        default=("localhost", "127.0.0.1", "[::1]"), validation_alias="SCHOOLGATE_ALLOWED_HOSTS"
    )

    private_hosts: Annotated[tuple[str, ...], NoDecode, AfterValidator(surroundings.hosts_with_ports)] = (
        Field(default=(), validation_alias="SCHOOLGATE_PRIVATE_HOSTS")
    )
    """Servers, as in `login.school.lan` or `localhost:2583`, that may be on this machine or in the network
    around it, and may speak plain http; none: only public addresses are connected to, by https.
    """

    certificates: Annotated[str, AfterValidator(surroundings.certificates)] = Field(
        default="", validation_alias="SSL_CERT_FILE"
    )
    """Python itself reads it; here only what can't be one is refused, before the first call fails."""

    @field_validator("allowed_hosts", "private_hosts", "comments_of", mode="before")
    @classmethod
    def split_at_commas(cls, value: object) -> object:
        """Take names as a shell writes them: one string with commas."""
        return (
            tuple(part.strip() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("database_url", "database_owner_url")
    @classmethod
    def that_names_a_database(cls, value: SecretStr | None) -> SecretStr | None:
        """An address that can't be read is refused before a driver quotes it, password and all."""
        if value is not None:
            surroundings.database_address(value.get_secret_value())
        return value

    @field_validator("files")
    @classmethod
    def that_names_a_bucket(cls, value: SecretStr | None) -> SecretStr | None:
        """As for a database: nothing of it is quoted. Empty is none."""
        if value is None or not value.get_secret_value():
            return None
        surroundings.read_bucket(value.get_secret_value())
        if find_spec("obstore") is None:
            raise ValueError(
                "needs the optional part schoolgate[bucket]: `make bucket`, or install it with pip"
            )
        return value

    @field_validator(*OTHER_HALF)
    @classmethod
    def with_its_other_half(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        """What does nothing without another setting is refused without it. An application's secret belongs to
        its id; the owner's address only one machine needs."""
        other = OTHER_HALF[str(info.field_name)]
        alone = bool(value) != bool(info.data.get(other)) and (bool(value) or other != "database_url")
        if alone and other in info.data:
            raise ValueError(f"goes with {cls.model_fields[other].validation_alias}: set both, or neither")
        return value

    @property
    def embedded_database(self) -> bool:
        """Whether the program runs its own server because no other was configured."""
        return self.database_url is None


@lru_cache(maxsize=1)
def env() -> Env:
    """Return the environment as it was when first read.

    Raises SurroundingsTrouble, which names each variable that cannot be read.
    """
    try:
        return Env()
    except ValidationError as error:
        raise SurroundingsTrouble(wrong_settings(error, Env)) from None


def unknown_settings() -> list[str]:
    """Return a sentence for each variable that looks like a setting and is none: it changes nothing, and no
    one else would notice."""
    names = [str(field.validation_alias or name).upper() for name, field in Env.model_fields.items()]
    known = {name.removeprefix(PREFIX): name for name in names}
    told = []
    for name in sorted(os.environ):
        if name.upper().startswith(PREFIX) and name.upper() not in names and not name.startswith(OF_SCRIPTS):
            near = difflib.get_close_matches(name.upper().removeprefix(PREFIX), known, n=1)
            meant = f"Did you mean {known[near[0]]}?" if near else "docs/operations.md has the list."
            told.append(f"{name} is not a setting, so it changes nothing. {meant}")
    return told


def choose(
    *,
    database_role: Literal["app", "owner"] | None = None,
    database_pool: int | None = None,
    passing_key: bool = False,
) -> None:
    """Say how this process (and those it starts) speaks to the database. `passing_key`: that it only reads
    the program, and needs no key that lasts.

    To be called before Django is set up.
    """
    if database_role is not None:
        os.environ[ROLE_VARIABLE] = database_role
    if database_pool is not None:
        os.environ[POOL_VARIABLE] = str(database_pool)
    if passing_key:
        os.environ.setdefault("SCHOOLGATE_SECRET_KEY", secrets.token_urlsafe(50))
    env.cache_clear()


def use_home(path: Path, *, database_url: str | None = None, database_owner_url: str | None = None) -> None:
    """Work on another home from here on, with its embedded server or with the database that is named.

    To be called before Django is set up.
    """
    os.environ["SCHOOLGATE_HOME"] = str(path)
    for name, url in (("DATABASE_URL", database_url), ("DATABASE_OWNER_URL", database_owner_url)):
        os.environ.pop(name, None)
        if url is not None:
            os.environ[name] = url
    env.cache_clear()


def for_a_child(**changes: str) -> dict[str, str]:
    """The environment for a process that this one starts; the database role is never inherited."""
    inherited = {
        name: value for name, value in os.environ.items() if name not in (ROLE_VARIABLE, POOL_VARIABLE)
    }
    return inherited | changes


def for_a_child_without_database() -> dict[str, str]:
    """The environment for a process that works with a home's own server, whatever this one uses."""
    return {
        name: value
        for name, value in for_a_child().items()
        if name not in ("DATABASE_URL", "DATABASE_OWNER_URL")
    }


def use_settings() -> None:
    """Name the settings module to Django, unless another one was chosen."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schoolgate.config.settings")
