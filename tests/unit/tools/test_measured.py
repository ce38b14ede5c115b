"""Where measured tables go in the documentation."""

import re

import pytest

from tools.measured import BUSY, PERFORMANCE, MarksMissing, heading, renewed

PAGE = "Before\n<!-- measured: a -->\nold\n<!-- end -->\nbetween\n<!-- measured: b -->\n<!-- end -->\nafter\n"


def test_a_table_replaces_the_one_at_its_place_and_nothing_else() -> None:
    assert renewed(PAGE, "a", "new\\1 table\n", "Today.") == PAGE.replace("old", "Today.\n\n```\nnew\\1 table\n```")


def test_a_table_comes_into_an_empty_place() -> None:
    assert "<!-- measured: b -->\nToday.\n\n```\nt\n```\n<!-- end -->\nafter" in renewed(PAGE, "b", "t", "Today.")


def test_a_place_that_is_not_there_is_named() -> None:
    with pytest.raises(MarksMissing, match="c"):
        renewed(PAGE, "c", "t", "Today.")


BENCH = ("posts", "sends", "history", "calls", "imports", "cold starts", "parts of a cold start")
LOAD = ("rooms", "flood", "beside", "sizes", "histories")


@pytest.mark.parametrize("place", [*(f"bench {name}" for name in BENCH), *(f"load {name}" for name in LOAD)])
def test_the_page_has_a_place_for_every_table(place: str) -> None:
    text = PERFORMANCE.read_text(encoding="utf-8")

    assert renewed(text, place, "table", "Today.") != text


def test_a_table_from_a_busy_machine_says_so() -> None:
    assert heading("Today", "a machine", 3.0, cores=2) == "Today: a machine; load average 3.0."
    assert heading("Today", "a machine", 3.1, cores=2).startswith("🔴 **Measured on a busy machine")


def test_no_table_of_the_page_hides_that_its_machine_was_busy() -> None:
    lines = re.findall(r"^.*, (\d+) cores, .*load average ([\d.]+)\.$", PERFORMANCE.read_text(encoding="utf-8"), re.M)
    marked = re.findall(r"^🔴 .*load average [\d.]+\.$", PERFORMANCE.read_text(encoding="utf-8"), re.M)

    assert len(lines) >= len(BENCH)
    assert len(marked) == sum(float(load) > BUSY * int(cores) for cores, load in lines)
