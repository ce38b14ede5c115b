"""The settings of a deployment, as docs/deploy.md lists them: `python -m tests.infra.settings` renews the list."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "deploy.md"
_BEGIN, _END = "<!-- settings -->\n", "<!-- end of settings -->\n"
_VARIABLE = re.compile(r'^variable "(\w+)" \{\n(.*?)^\}\n', re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Setting:
    """A variable of a Terraform module. `default` is HCL in one line, or None where a value must be given."""

    name: str
    description: str
    default: str | None


def of(module: Path) -> list[Setting]:
    """The variables of a module, in the order of its file."""
    text = (module / "variables.tf").read_text()
    return [_setting(found[1], found[2]) for found in _VARIABLE.finditer(text)]


def _setting(name: str, body: str) -> Setting:
    description = re.search(r'^  description += "(.*)"$', body, re.MULTILINE)
    default = re.search(r"^  default +=(.*?)(?=^  \w|^$|\Z)", body, re.MULTILINE | re.DOTALL)
    if description is None:
        raise ValueError(f"variable {name} has no description")
    return Setting(
        name, description[1].replace('\\"', '"'), " ".join(default[1].split()) if default is not None else None
    )


def page() -> str:
    """docs/deploy.md as it should be."""
    before, _, rest = PAGE.read_text().partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return before + _BEGIN + _table() + _END + after


def _table() -> str:
    lines = ["", "| setting | what it does | default |", "|---|---|---|"]
    for setting in of(ROOT / "infra" / "chat"):
        default = "to be given" if setting.default is None else f"`{setting.default}`"
        lines.append(f"| `{setting.name}` | {setting.description.replace('|', '/')} | {default} |")
    return "\n".join([*lines, "", ""])


if __name__ == "__main__":
    PAGE.write_text(page())
