"""`python -m tools.cost.docs`: writes the tables in docs/cost.md anew, each from the command above it."""

import re

from local.settings import ROOT
from tools.cost import worst
from tools.cost.__main__ import usage_of
from tools.cost.bill import bill, shown

PAGE = ROOT / "docs" / "cost.md"
_WORST_BEGIN = "```\n$ python -m tools.cost.worst\n"
_WORST = re.compile(re.escape(_WORST_BEGIN) + r".*?```", re.DOTALL)
_BILL = re.compile(r"```\n\$ make cost(?P<arguments>[^\n]*)\n.*?```", re.DOTALL)


def renewed(text: str) -> str:
    """The page with today's tables."""
    return _WORST.sub(lambda _: f"{_WORST_BEGIN}{worst.shown()}\n```", _BILL.sub(_renewed_bill, text))


def _renewed_bill(found: re.Match[str]) -> str:
    arguments = found["arguments"]
    options = [part for pair in arguments.split() for part in _option(*pair.split("="))]
    return f"```\n$ make cost{arguments}\n{shown(bill(usage_of(options)))}\n```"


def _option(variable: str, value: str) -> tuple[str, str]:
    return f"--{variable.lower()}", value


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
