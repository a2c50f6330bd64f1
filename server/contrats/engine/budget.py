"""What one client may ask for in a minute: queries, and seconds of the engine."""

from __future__ import annotations

import ipaddress
import threading
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from contrats.errors import BudgetError

if TYPE_CHECKING:
    from contrats.limits import Limits

MINUTE: Final = 60.0
_MOST: Final = 10_000
"""Clients that are remembered; those who asked for nothing lately are forgotten first."""
_NETWORK: Final = 64
"""Bits of an IPv6 address that tell one client from another: it may choose the others."""


@dataclass(slots=True)
class _Account:
    """What a client has left, and when that was counted."""

    requests: float
    seconds: float
    at: float


@dataclass(slots=True)
class Budgets:
    """The accounts of the clients: each is filled again as time goes, up to a minute's worth."""

    limits: Limits
    accounts: dict[str, _Account] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def spend_request(self, client: str, now: float) -> None:
        """Count one query of `client` at `now` (seconds), or raise `BudgetError`."""
        with self.lock:
            account = self._account(client_key(client), now)
            if account.requests < 1:
                wait = MINUTE * (1 - account.requests) / self.limits.client_requests
                raise _too_many(self.limits, wait)
            if account.seconds <= 0:
                wait = MINUTE * (1 - account.seconds) / self.limits.client_seconds
                raise _too_long(self.limits, wait)
            account.requests -= 1

    def spend_seconds(self, client: str, seconds: float, now: float) -> None:
        """Count `seconds` of the engine, which may bring the account below nothing."""
        with self.lock:
            self._account(client_key(client), now).seconds -= seconds

    def give_back(self, client: str) -> None:
        """Take back one query that was counted and is not begun yet."""
        with self.lock:
            account = self.accounts.get(client_key(client))
            if account is not None:
                account.requests += 1

    def _account(self, key: str, now: float) -> _Account:
        """Return the account of `key`, filled up to `now` and last of all."""
        account = self.accounts.pop(key, None)
        most, longest = self.limits.client_requests, self.limits.client_seconds
        if account is None:
            account = _Account(most, longest, now)
        passed = max(0.0, now - account.at) / MINUTE
        account.requests = min(most, account.requests + passed * most)
        account.seconds = min(longest, account.seconds + passed * longest)
        account.at = now
        self.accounts[key] = account
        if len(self.accounts) > _MOST:
            del self.accounts[next(iter(self.accounts))]
        return account


@lru_cache(maxsize=4096)
def client_key(client: str) -> str:
    """Return what tells `client` from others: an IPv4 address, or the network of an IPv6 one."""
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return client
    if isinstance(address, ipaddress.IPv4Address):
        return client
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, _NETWORK), strict=False))


def _too_many(limits: Limits, wait: float) -> BudgetError:
    return BudgetError(
        f"Cette adresse a posé plus de {limits.client_requests} requêtes en une minute. Attendez, "
        "ou prenez les fichiers entiers sur /catalog.",
        f"This address asked more than {limits.client_requests} queries in a minute. Wait, or take "
        "the whole dumps from /catalog.",
        max(1, round(wait + 0.5)),
    )


def _too_long(limits: Limits, wait: float) -> BudgetError:
    return BudgetError(
        f"Cette adresse a pris plus de {limits.client_seconds} s de moteur en une minute. Attendez,"
        " simplifiez vos requêtes, ou posez-les chez vous avec « contrats query ».",
        f"This address took more than {limits.client_seconds} s of the engine in a minute. Wait, "
        "simplify your queries, or ask them on your own machine with `contrats query`.",
        max(1, round(wait + 0.5)),
    )
