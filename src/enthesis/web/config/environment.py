"""What an operator may set, all by environment variables that begin with ``ENTHESIS_``."""

import os
import sys
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import Field, PostgresDsn, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

__all__ = ["Environment"]


def _default_data_dir() -> Path:
    """Where programs of this system keep data of one user."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "Enthesis"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "Enthesis"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "enthesis"


class Environment(BaseSettings):
    """Settings of the operator; every one has a default that is safe on a laptop.

    Raises:
        pydantic.ValidationError: A variable holds a value that is not allowed; names it.
    """

    model_config = SettingsConfigDict(env_prefix="ENTHESIS_", extra="ignore")

    debug: bool = Field(default=False, description="Show tracebacks in the browser; never on a network.")
    secret_key: str | None = Field(
        default=None, min_length=32, description="Signing key; generated and kept when empty."
    )
    data_dir: Path = Field(default_factory=_default_data_dir, description="Folder for what must be kept.")
    key_file: Path | None = Field(
        default=None, description="File of the keys that seal identities; in the data folder when empty."
    )
    database_url: PostgresDsn | None = Field(
        default=None,
        description="PostgreSQL, such as postgresql://user:password@host/name; empty for SQLite.",
    )
    second_factor: bool | None = Field(
        default=None, description="Demand a second factor at log-in; when empty, as soon as HTTPS is set."
    )
    email_url: str | None = Field(
        default=None,
        description="Mail server, such as smtp://user:password@host:587; empty keeps mail in the outbox.",
    )
    public_url: str = Field(
        default="http://localhost:8000",
        description="Address people reach the site by; links in mail and messages begin so.",
    )
    email_from: str = Field(default="enthesis@localhost", description="Sender of mail.")
    allowed_hosts: Annotated[list[str], NoDecode] = Field(
        default=["localhost", "127.0.0.1", "[::1]"],
        description="Host names the site answers to, with commas between.",
    )
    https: bool = Field(default=False, description="Reached by HTTPS only; sets HSTS and secure cookies.")
    behind_proxy: bool = Field(default=False, description="Trust X-Forwarded-Proto of a proxy in front.")
    time_zone: str = Field(default="UTC", description="Time zone of dates on pages.")
    language: str = Field(default="en-gb", description="Language of the pages.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least level written."
    )
    log_json: bool = Field(default=False, description="Write logs as JSON lines.")
    page_cache_mb: int = Field(default=64, ge=0, description="Megabytes for finished pages; 0 keeps none.")

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _names(cls, value: object) -> object:
        return (
            [name.strip() for name in value.split(",") if name.strip()] if isinstance(value, str) else value
        )

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"'{value}' is no time zone; write one such as Asia/Kolkata.")
        return value
