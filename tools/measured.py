"""Measured tables in the documentation: each between two marks, below a line that says when and where it was made."""

import os
import platform
import re
from datetime import UTC, datetime
from pathlib import Path

BUSY = 1.5
"""The load average per core above which a measurement is not to be trusted."""

PERFORMANCE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"


class MarksMissing(Exception):
    """The page has no place of that name."""


def machine() -> str:
    """This machine, in a few words."""
    python = ".".join(platform.python_version_tuple()[:2])
    return f"{_model()}, {os.cpu_count()} cores, Python {python}"


def heading(day: str, where: str, load: float, cores: int) -> str:
    """The line above a table: when, where and how busy. A load average of more than BUSY per core is warned about."""
    line = f"{day}: {where}; load average {load:.1f}."
    return f"🔴 **Measured on a busy machine, to be repeated.** {line}" if load > BUSY * cores else line


def _model() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*:\s*(.+)", cpuinfo.read_text()) if cpuinfo.exists() else None
    return found[1].strip() if found else platform.processor() or platform.machine()


def made_at() -> str:
    """Today, as the documentation writes it."""
    now = datetime.now(UTC)
    return f"{now.day} {now:%B %Y}"


def heading_now() -> str:
    """The heading of what is measured here and now."""
    return heading(made_at(), machine(), os.getloadavg()[0], os.cpu_count() or 1)


def renewed(text: str, place: str, table: str, made: str) -> str:
    """The page's text with another table at a place. Raises MarksMissing."""
    marks = re.compile(rf"(<!-- measured: {re.escape(place)} -->\n).*?(<!-- end -->)", re.DOTALL)
    if not marks.search(text):
        raise MarksMissing(place)
    return marks.sub(lambda found: f"{found[1]}{made}\n\n```\n{table.strip()}\n```\n{found[2]}", text)


def write(place: str, table: str, page: Path = PERFORMANCE) -> None:
    """Put a table into the page. Raises MarksMissing."""
    text = page.read_text(encoding="utf-8")
    page.write_text(renewed(text, place, table, heading_now()), encoding="utf-8")
