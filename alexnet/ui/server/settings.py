"""What a teacher sets about who may speak to this server: variables of the environment, read at its start."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from alexnet.errors import InputError

HOSTS, EMBED, PROXIES = "ALEXNET_HOSTS", "ALEXNET_EMBED", "ALEXNET_PROXIES"

_NAME = r"(?:\*\.)?[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*\.?"
_PORT = r"(?::(?:[0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?"
_HOST = re.compile(_NAME + _PORT)
_ORIGIN = re.compile(rf"https?://(?:{_NAME}|\[[0-9a-f:]+\]){_PORT}")


@dataclass(frozen=True)
class Settings:
    """The settings, checked.

    Attributes:
        hosts: Names that this server answers to beside its own, as behind a proxy: ``lab.school.kr``,
            ``lab.school.kr:8443`` or ``*.school.kr``, in small letters.
        embed: Sites that may show the app inside a page of theirs: ``https://lms.example``.
        proxies: Addresses and networks whose word counts on where a request came from.
    """

    hosts: tuple[str, ...] = ()
    embed: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of the environment; commas or spaces stand between values.

    Raises:
        InputError: A value is not what it should be; it would open more than was meant, or less.
    """

    def values(name: str, id: str, checked: Callable[[str], str | None]) -> tuple[str, ...]:
        found = []
        for value in re.split(r"[\s,]+", environment.get(name, "").strip()):
            if not value:
                continue
            good = checked(value)
            if good is None:
                raise InputError(id, value=value)
            found.append(good)
        return tuple(found)

    return Settings(
        values(HOSTS, "setting_hosts", _host),
        values(EMBED, "setting_embed", _origin),
        values(PROXIES, "setting_proxies", _network),
    )


def _host(value: str) -> str | None:
    try:
        small = value.lower() if value.isascii() else value.lower().encode("idna").decode("ascii")
    except UnicodeError:
        return None
    return small.rstrip(".") if _HOST.fullmatch(small) else None


def _origin(value: str) -> str | None:
    small = value.lower().rstrip("/")
    return small if _ORIGIN.fullmatch(small) else None


def _network(value: str) -> str | None:
    try:
        if "/" in value:
            return str(ipaddress.ip_network(value, strict=False))
        return str(ipaddress.ip_address(value))
    except ValueError:
        return None
