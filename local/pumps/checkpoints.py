"""How far each shard of each stream is done, in a file, so that a restart goes on from there."""

import json
from pathlib import Path


class Checkpoints:
    """Sequence numbers by stream and shard."""

    def __init__(self, file: Path) -> None:
        self._file = file
        try:
            self._numbers: dict[str, str] = json.loads(file.read_text())
        except (OSError, ValueError):
            self._numbers = {}

    def get(self, stream_arn: str, shard_id: str) -> str | None:
        """The last number that is done."""
        return self._numbers.get(f"{stream_arn}/{shard_id}")

    def set(self, stream_arn: str, shard_id: str, sequence_number: str) -> None:
        """Everything up to this number is done."""
        self._numbers[f"{stream_arn}/{shard_id}"] = sequence_number
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(json.dumps(self._numbers))
