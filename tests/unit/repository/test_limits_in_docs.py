"""docs/protocol.md tells the limits that hold unless an operator sets others."""

from pathlib import Path

from shared.core.settings import LimitSettings
from shared.protocol.limits import ARRIVAL_WINDOW_MS, FLOOD_MULTIPLIER, RESEND_MULTIPLIER, WINDOW_MS

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "protocol.md").read_text(encoding="utf-8")


def _told(what: str) -> tuple[str, str]:
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| {what}"))
    _, _, much, beyond, _ = (cell.strip() for cell in row.split("|"))
    return much, beyond


def test_the_limits_are_those_of_the_settings() -> None:
    limits = LimitSettings({})
    seconds = WINDOW_MS // 1000

    assert ARRIVAL_WINDOW_MS == 60_000
    assert _told("sendMessage, createRoom")[0] == f"{limits.sends} in {seconds} s"
    assert (
        f"until {RESEND_MULTIPLIER * limits.sends}; after {FLOOD_MULTIPLIER * limits.sends} "
        in _told("sendMessage, createRoom")[1]
    )
    assert _told("commands of any kind")[0] == f"about {limits.commands} in {seconds} s"
    assert _told("connections opened; hellos")[0] == f"{limits.connects} in a minute, each"
    assert _told("connections at a time")[0] == f"{limits.connections}"
    assert _told("rooms, requests")[0] == f"{limits.rooms:,}"
