"""Short aligned tables, and whether a target holds."""

from collections.abc import Sequence
from dataclasses import dataclass, field

CLEARLY = 1.10
"""A target counts as missed when it is exceeded by more than the noise of a busy machine."""


@dataclass(frozen=True)
class Target:
    """A measured share of something, and the most it may be."""

    name: str
    measured: float
    at_most: float

    @property
    def missed(self) -> bool:
        """Clearly, not by noise."""
        return self.measured > self.at_most * CLEARLY

    def __str__(self) -> str:
        verdict = "holds" if self.measured <= self.at_most else "MISSED" if self.missed else "at the edge"
        return f"target: {self.name} at most {self.at_most:.3f}: {self.measured:.3f}, {verdict}"


@dataclass(frozen=True)
class Section:
    """One table with its title, the notes below it and its targets."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    targets: Sequence[Target] = field(default=())
    notes: Sequence[str] = field(default=())

    def __str__(self) -> str:
        lines = [self.columns, *self.rows]
        widths = [max(len(line[place]) for line in lines) for place in range(len(self.columns))]
        words = [not all(_is_number(row[place]) for row in self.rows) for place in range(len(self.columns))]
        text = [
            "  ".join(
                cell.ljust(width) if left else cell.rjust(width)
                for cell, width, left in zip(line, widths, words, strict=True)
            ).rstrip()
            for line in lines
        ]
        text.insert(1, "  ".join("-" * width for width in widths))
        return "\n".join([f"\n{self.title}", *text, *self.notes, *map(str, self.targets)])


def _is_number(cell: str) -> bool:
    """Numbers are aligned to the right, words to the left."""
    return cell.replace(".", "").isdigit()


def compared(names: Sequence[str], measured: Sequence[float], form: str = ".0f") -> list[list[str]]:
    """Rows of a comparison: name, number, and its share of the last one's number."""
    return [
        [name, format(value, form), f"{value / measured[-1]:.3f}"] for name, value in zip(names, measured, strict=True)
    ]
