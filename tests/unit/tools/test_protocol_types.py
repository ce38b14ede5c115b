"""The TypeScript of the app is generated from the protocol, and a drift between them is found."""

from pathlib import Path

import pytest

from shared.protocol.operations import command_types, event_types
from tools import protocol_types


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "protocol" / "types.gen.ts"


def _interface(name: str) -> list[str]:
    """The lines inside `export interface <name> {…}`."""
    _, _, rest = protocol_types.typescript().partition(f"export interface {name} {{\n")
    body, _, _ = rest.partition("\n}")
    return [line.strip() for line in body.splitlines()]


def test_every_command_and_event_is_a_member_of_its_union() -> None:
    generated = protocol_types.typescript()
    _, _, commands_and_after = generated.partition("export type Command =")
    commands, _, events = commands_and_after.partition("export type ServerEvent =")

    for command in command_types().values():
        assert f"  | {command.__name__}\n" in commands
    for event in event_types().values():
        assert f"  | {event.__name__}\n" in events


def test_the_action_tells_the_members_of_a_union_apart() -> None:
    for action, model in {**command_types(), **event_types()}.items():
        assert f"action: '{action}'" in _interface(model.__name__)


def test_fields_that_may_be_left_out_are_optional_and_the_others_are_not() -> None:
    fields = _interface("SendMessage")

    assert "message: string" in fields
    assert "clientMessageId?: string" in fields
    assert "limit?: number" in _interface("GetMessages")
    assert "editedAt?: number" in _interface("StoredMessage")


def test_parts_words_lists_and_maps_keep_their_types() -> None:
    assert "rooms: RoomSummary[]" in _interface("Welcome")
    assert "visibility: Visibility" in _interface("RoomSummary")
    assert "heads: Record<string, number>" in _interface("Pong")
    assert "subAction: 'request' | 'approve' | 'reject'" in _interface("JoinRoom")


def test_limits_are_constants_with_their_documentation() -> None:
    generated = protocol_types.typescript()

    assert "export const MAX_MESSAGE_BYTES = 8_192\n" in generated
    assert "/** requestId, clientMessageId and clientRoomId. */\nexport const MAX_CLIENT_ID_CHARACTERS" in generated


def test_what_is_written_is_current(target: Path) -> None:
    # given
    protocol_types.main([], target)

    # when, then
    assert protocol_types.main(["--check"], target) == 0


def test_drift_fails_in_one_line_that_says_what_to_do(target: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # given a file from before the protocol changed
    protocol_types.main([], target)
    outdated = target.read_text(encoding="utf-8").replace("roomName: string", "title: string")
    target.write_text(outdated, encoding="utf-8")

    # when
    status = protocol_types.main(["--check"], target)

    # then
    assert status == 1
    complaint = capsys.readouterr().err
    assert complaint.count("\n") == 1
    assert "python -m tools.protocol_types" in complaint
    assert target.read_text(encoding="utf-8") == outdated


def test_a_missing_file_is_drift(target: Path) -> None:
    assert protocol_types.main(["--check"], target) == 1


def test_the_committed_file_is_current() -> None:
    assert protocol_types.is_current()
