"""`function.yaml`: the right ones are read, and a wrong one is told with file, line, field and reason."""

import re
from collections import Counter
from pathlib import Path

import pytest

from shared.protocol.operations import command_types
from tools import function_files
from tools.function_files import LAMBDAS, FunctionFileError, read, read_all

RIGHT = """
description: Answers nothing to nobody.
trigger:
  route: [nothing]
"""


def a_folder(lambdas: Path, name: str = "nothing", text: str = RIGHT) -> Path:
    folder = lambdas / name
    folder.mkdir()
    (folder / "function.yaml").write_text(text)
    return folder


def complaints(folder: Path) -> list[tuple[int, str]]:
    """What is said of each fault: the line in the file, and the rest."""
    with pytest.raises(FunctionFileError) as refused:
        read(folder)
    found = [re.fullmatch(rf"{folder / 'function.yaml'}:(\d+): (.*)", line) for line in str(refused.value).splitlines()]
    assert all(found)
    return [(int(each[1]), each[2]) for each in found if each]


def complaint(folder: Path) -> str:
    ((_, text),) = complaints(folder)
    return text


def test_the_smallest_file_takes_the_defaults(tmp_path: Path) -> None:
    function = read(a_folder(tmp_path))

    assert function.trigger.route == ["nothing"]
    assert (function.memory_mb, function.timeout_seconds) == (256, 30)
    assert (function.tables, function.indexes, function.environment, function.sends_to) == ({}, {}, {}, [])
    assert (function.connections, function.settings) == ("none", [])
    assert function.all_tables == {"allowances": ["UpdateItem"]}
    assert function.may_close


@pytest.mark.parametrize(
    ("lines", "field"),
    [
        ("memory: 256", "memory"),
        ("memory_mb: 64", "memory_mb"),
        ("memory_mb: plenty", "memory_mb"),
        ('memory_mb: "256"', "memory_mb"),
        ("timeout_seconds: 901", "timeout_seconds"),
        ("tables: {users: [GetItem]}", "tables.users"),
        ("tables: {rooms: []}", "tables.rooms"),
        ("tables: {rooms: [Scan]}", "tables.rooms.0"),
        ("tables: {rooms: GetItem}", "tables.rooms"),
        ("indexes: {userId-index: [Query]}", "indexes.userId-index"),
        ("indexes: {messages/userId-index: [Scan]}", "indexes.messages/userId-index.0"),
        ("environment: {parley_flag: x}", "environment.parley_flag"),
        ("environment: {PARLEY_FLAG: 5}", "environment.PARLEY_FLAG"),
        ("connections: maybe", "connections"),
        ("connections: true", "connections"),
        ("settings: [weather]", "settings.0"),
        ("settings: chat", "settings"),
        ("description: Said again.", "description"),
        ("tables: {rooms: [GetItem], rooms: [Query]}", "rooms"),
        ("sends_to: fan-out", "sends_to"),
    ],
)
def test_a_wrong_field_is_named(tmp_path: Path, lines: str, field: str) -> None:
    ((line, told),) = complaints(a_folder(tmp_path, text=f"{RIGHT}{lines}\n"))

    assert told.startswith(f"{field}: ")
    assert line == len(RIGHT.splitlines()) + 1


@pytest.mark.parametrize(
    ("trigger", "reason"),
    [
        ("{}", "give routes (route, http), or exactly one of authorizer, queue, stream and schedule"),
        (
            "{route: [a], authorizer: websocket}",
            "give routes (route, http), or exactly one of authorizer, queue, stream and schedule",
        ),
        ("{route: a}", "trigger.route: "),
        ("{route: [$unknown]}", "trigger.route.0: "),
        ("{route: [a, 'send message']}", "trigger.route.1: "),
        ("{authorizer: websocket, queue: {name: q}}", "give routes (route, http), or exactly one of"),
        ("{http: GET /health}", "trigger.http: "),
        ("{http: [/health]}", "trigger.http.0: "),
        ("{http: [GET health]}", "trigger.http.0: "),
        ("{http: [get /health]}", "trigger.http.0: "),
        ("{http: [GET /]}", "trigger.http.0: "),
        ("{authorizer: http}", "trigger.authorizer: "),
        ("{queue: {name: Fan_Out}}", "trigger.queue.name: "),
        ("{queue: {name: fan-out, batch_size: 11}}", "trigger.queue.batch_size: "),
        ("{queue: {name: fan-out, concurrency: 5}}", "trigger.queue.concurrency: "),
        ("{stream: {table: users}}", "trigger.stream.table: "),
        ("{stream: {table: rooms, maximum_record_age_seconds: 5}}", "trigger.stream.maximum_record_age_seconds: "),
        ("{schedule: hourly}", "trigger.schedule: "),
    ],
)
def test_a_wrong_trigger_is_told(tmp_path: Path, trigger: str, reason: str) -> None:
    folder = a_folder(tmp_path, text=f"description: Answers nothing to nobody.\ntrigger: {trigger}\n")

    assert reason in complaint(folder)


@pytest.mark.parametrize("trigger", ["route: [nothing]", "http: [GET /nothing]", "authorizer: websocket"])
def test_what_api_gateway_waits_for_answers_in_time(tmp_path: Path, trigger: str) -> None:
    folder = a_folder(
        tmp_path,
        text=f"description: Answers nothing to nobody.\ntrigger: {{{trigger}}}\ntimeout_seconds: 31\n"
        f"public: {str(trigger.startswith('http')).lower()}\n",
    )

    assert "timeout_seconds: API Gateway waits 29 seconds" in complaint(folder)


@pytest.mark.parametrize(
    "lines",
    ["trigger: {http: [GET /nothing]}", "trigger: {route: [nothing]}\npublic: true"],
    ids=["no word", "a command"],
)
def test_an_http_route_says_that_it_is_open_and_nothing_else_can_be(tmp_path: Path, lines: str) -> None:
    folder = a_folder(tmp_path, text=f"description: Answers nothing to nobody.\n{lines}\n")

    assert "public: is true for an http route" in complaint(folder)


def test_an_http_route_is_a_method_and_a_path(tmp_path: Path) -> None:
    text = "description: Answers nothing to nobody.\ntrigger: {http: [GET /deep/nothing-2]}\npublic: true\n"

    assert read(a_folder(tmp_path, text=text)).trigger.http == ["GET /deep/nothing-2"]


def test_what_nobody_waits_for_may_take_longer(tmp_path: Path) -> None:
    folder = a_folder(
        tmp_path, text="description: Works on a queue.\ntrigger: {queue: {name: q}}\ntimeout_seconds: 900\n"
    )

    assert read(folder).timeout_seconds == 900


@pytest.mark.parametrize("text", ["", "just words", "[a, b]"])
def test_a_file_that_is_no_mapping_is_told_as_a_whole(tmp_path: Path, text: str) -> None:
    assert complaint(a_folder(tmp_path, text=text)).startswith("file: ")


def test_what_is_no_yaml_is_told_with_its_line(tmp_path: Path) -> None:
    ((line, told),) = complaints(a_folder(tmp_path, text="description: right\ntrigger: {route: ]\n"))

    assert (line, told.partition(": ")[0]) == (2, "not YAML")


def test_what_is_no_utf_8_is_told(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    (folder / "function.yaml").write_bytes(b"description: \xff\n")

    assert complaint(folder) == "is not UTF-8"


def test_a_fault_deep_inside_is_told_with_its_own_line(tmp_path: Path) -> None:
    text = "description: Works on a queue.\ntrigger:\n  queue:\n    name: q\n    batch_size: 11\n"

    ((line, told),) = complaints(a_folder(tmp_path, text=text))

    assert (line, told.partition(": ")[0]) == (5, "trigger.queue.batch_size")


def test_a_folder_without_a_file_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "nothing"
    folder.mkdir()

    assert complaint(folder) == "cannot be read: No such file or directory"


def test_a_file_cannot_run_code(tmp_path: Path) -> None:
    assert complaint(a_folder(tmp_path, text="!!python/object/apply:os.getcwd []")).startswith("not YAML: ")


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    a_folder(tmp_path, "right")
    a_folder(tmp_path, "wrong", RIGHT + "memory: 1\ntimeout: 2\n")
    a_folder(tmp_path, "worse", "")
    (tmp_path / "__pycache__").mkdir()

    with pytest.raises(FunctionFileError) as refused:
        read_all(tmp_path)

    assert [line.partition("/function.yaml:")[0].rpartition("/")[2] for line in str(refused.value).splitlines()] == [
        "worse",
        "wrong",
        "wrong",
    ]


def test_the_check_says_what_it_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert function_files.main() == 0
    assert capsys.readouterr().out == f"{len(read_all())} function files are right\n"


def test_the_check_fails_on_a_wrong_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    a_folder(tmp_path, "wrong", "")
    monkeypatch.setattr(function_files, "read_all", lambda: read_all(tmp_path))

    assert function_files.main() == 1
    assert "wrong/function.yaml:1: file: " in capsys.readouterr().err


def test_no_route_is_served_by_two_functions() -> None:
    triggers = [function.trigger for function in read_all(LAMBDAS).values()]
    routes = Counter(route for trigger in triggers for route in trigger.routes)

    assert {route for route, count in routes.items() if count > 1} == set()


def test_every_queue_that_is_sent_to_is_worked_on() -> None:
    functions = read_all(LAMBDAS).values()
    consumed = {function.trigger.queue.name for function in functions if function.trigger.queue}

    assert {queue for function in functions for queue in function.sends_to} <= consumed


def test_every_command_has_a_route_and_every_route_a_command() -> None:
    routes = {route for function in read_all(LAMBDAS).values() for route in function.trigger.route}

    assert routes == {*command_types(), "$connect", "$disconnect", "$default"}


def test_whoever_posts_can_hand_the_rest_to_the_queue_and_clean_up() -> None:
    for name, function in read_all(LAMBDAS).items():
        # What a silent route tells is worth nothing later.
        if function.connections == "post" and not function.trigger.silent:
            assert "fan-out" in function.sends_to, name
            assert "BatchWriteItem" in function.tables["connections"], name
            assert "BatchWriteItem" in function.tables["subscriptions"], name


def test_a_function_may_serve_several_routes_of_both_apis(tmp_path: Path) -> None:
    text = "description: Answers nothing to nobody.\ntrigger: {route: [a, b], http: [GET /a, POST /b]}\npublic: true\n"

    assert read(a_folder(tmp_path, text=text)).trigger.routes == ["a", "b", "GET /a", "POST /b"]


def test_closing_a_connection_is_not_counted_as_a_command(tmp_path: Path) -> None:
    text = "description: Answers nothing to nobody.\ntrigger: {route: [$disconnect]}\n"
    function = read(a_folder(tmp_path, text=text))

    assert function.all_tables == {}
    assert not function.may_close
