"""The laboratory itself: every kind of fault does happen, and a product that breaks a promise is found out."""

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.checker import check
from tests.chaos.client.timelines import Timelines
from tests.chaos.injection.patches import Patches
from tests.chaos.plan import Plan
from tests.chaos.run import run_plan

pytestmark = [
    pytest.mark.slow,
    # Connections that handlers keep alive per thread are closed when they are collected, as in a Lambda that ends.
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
]

WITHOUT_FAULTS = 1e-9


def test_every_kind_of_fault_happens(tmp_path: Path) -> None:
    often = {
        "slow reader: 429 for a while": 0.05,
        "queue entry delivered twice": 0.4,
        "queue throttled": 0.4,
        "the queue's answer lost after it took effect": 0.4,
        "gateway restarted": 0.15,
        "all connections of the moment cut": 0.15,
    }
    run = run_plan(
        Plan(
            "1",
            60,
            tmp_path / "log",
            people=5,
            rooms=2,
            intensity=4,
            rates=often,
            enough=lambda counts: all(counts.values()),
            settles=False,
            inline_limit=1,
        )
    )

    assert [name for name, happened in run.faults.items() if not happened] == []


def _acknowledge_what_is_not_stored(patches: Patches) -> None:
    messages = importlib.import_module("shared.features.messages.sending")
    store = messages.transactions.write
    sends = iter(range(1_000_000))

    def write(*operations: Any, once: bool = False) -> None:
        if len(operations) < 3 or next(sends) % 5:
            store(*operations, once=once)

    class Writes:
        """`shared.db.transactions` as sending sees it."""

        put, change = messages.transactions.put, messages.transactions.change

    Writes.write = staticmethod(write)  # type: ignore[attr-defined]
    patches.put(messages, "transactions", Writes)


def _forget_receipts(patches: Patches) -> None:
    messages = importlib.import_module("shared.features.messages.sending")
    key = messages.Receipt.key
    of_send: Callable[..., Any] = lambda *_: key(importlib.import_module("shared.core.ids").new_id())  # noqa: E731
    patches.put(messages.Receipt, "of_send", of_send)


def _say_welcome_without_listening(patches: Patches) -> None:
    patches.put(
        importlib.import_module("shared.features.memberships.subscribing"),
        "subscribe_rooms",
        lambda _caller, room_ids: set(room_ids),
    )


def _never_catch_up(patches: Patches) -> None:
    """A client that heals no gaps."""
    patches.put(
        Timelines,
        "is_behind",
        lambda timelines, room_id: (
            room_id in timelines.opened and timelines._rooms.is_approved(room_id) and room_id not in timelines.windows
        ),
    )


@pytest.mark.parametrize(
    ("tamper", "rates", "found"),
    [
        (_acknowledge_what_is_not_stored, {}, {"acknowledged but not stored", "acknowledged as another message"}),
        (_forget_receipts, {"reply lost": 0.3}, {"stored twice"}),
        (_say_welcome_without_listening, {}, {"open but deaf"}),
        (_never_catch_up, {"push lost": 1}, {"missed", "state differs from a fresh fetch"}),
    ],
    ids=lambda value: value.__name__.strip("_").replace("_", " ") if callable(value) else "",
)
def test_what_breaks_a_promise_is_found(
    tmp_path: Path, tamper: Callable[[Patches], None], rates: dict[str, float], found: set[str]
) -> None:
    run = run_plan(Plan("1", 4, tmp_path / "log", 4, 3, WITHOUT_FAULTS, rates, tamper=tamper))

    kinds = {violation.kind for violation in check(run.history)}
    assert kinds & found
