"""Posting to many connections: in parallel, oldest answer first, each ending in exactly one result."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.aws import deadline
from shared.aws.http_errors import ClosedBeforeAnswer, HttpError
from shared.realtime import posting
from shared.realtime.delivery_report import DeliveryReport, Result
from shared.realtime.posting import PARALLEL, ConnectionsApi, as_body
from tests.unit.fake_http import STALE_ON_READING, STALE_ON_SENDING, Answer, FakeHost, Script, Sent

PREFIX = "/dev/@connections/"


def an_api() -> ConnectionsApi:
    return ConnectionsApi("https://api.example.test/dev", "eu-west-1")


def a_gateway(monkeypatch: pytest.MonkeyPatch, script: Script) -> FakeHost:
    return FakeHost(script).plug_in(monkeypatch)


def always(answer: Answer | Exception) -> Script:
    return lambda _sent: answer


def ids(count: int) -> list[str]:
    return [f"c{number:03}" for number in range(count)]


def test_a_post_is_signed_for_the_stage_and_carries_the_body(monkeypatch: pytest.MonkeyPatch) -> None:
    host = a_gateway(monkeypatch, always(Answer()))

    tally = an_api().post(["a/b="], b'{"action":"pong"}')

    (sent,) = host.taken
    assert (sent.method, sent.path, sent.body) == ("POST", PREFIX + "a%2Fb%3D", b'{"action":"pong"}')
    assert "/eu-west-1/execute-api/aws4_request" in sent.headers["authorization"]
    assert tally == DeliveryReport(delivered=["a/b="])


def test_closing_is_a_delete_without_a_body(monkeypatch: pytest.MonkeyPatch) -> None:
    host = a_gateway(monkeypatch, always(Answer(204, b"")))

    assert an_api().close(["a", "b"]).delivered == ["a", "b"]
    assert [(sent.method, sent.body) for sent in host.taken] == [("DELETE", b"")] * 2


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(200), DeliveryReport(delivered=["c"])),
        (Answer(204), DeliveryReport(delivered=["c"])),
        (Answer(410), DeliveryReport(gone=["c"])),
        (Answer(429), DeliveryReport(throttled=["c"])),
        (Answer(500), DeliveryReport(failed=["c"])),
        (Answer(503), DeliveryReport(failed=["c"])),
        (Answer(400), DeliveryReport(failed=["c"])),
        (TimeoutError(), DeliveryReport(failed=["c"])),
        (HttpError("x"), DeliveryReport(failed=["c"])),
        (STALE_ON_READING, DeliveryReport(failed=["c"])),
    ],
)
def test_each_answer_has_its_result(
    monkeypatch: pytest.MonkeyPatch, answer: Answer | Exception, expected: DeliveryReport
) -> None:
    a_gateway(monkeypatch, always(answer))

    assert an_api().post(["c"], b"x") == expected


def test_what_is_to_be_tried_again_is_what_may_succeed() -> None:
    assert DeliveryReport(delivered=["a"], gone=["b"], throttled=["c"], failed=["d"]).unserved == ["c", "d"]


@pytest.mark.parametrize("status", [403, 413])
def test_a_refusal_is_told_in_the_log_and_tried_again_by_the_queue(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    a_gateway(monkeypatch, always(Answer(status)))

    tally = an_api().post(["c"], b"x")

    assert tally == DeliveryReport(failed=["c"])
    assert [record.__dict__["status"] for record in caplog.records] == [status]


def test_several_are_under_way_and_the_oldest_is_read_first(monkeypatch: pytest.MonkeyPatch) -> None:
    host = a_gateway(monkeypatch, always(Answer()))

    an_api().post(ids(PARALLEL + 2), b"x")

    paths = [PREFIX + each for each in ids(PARALLEL + 2)]
    assert host.trace == [
        *(("sent", path) for path in paths[:PARALLEL]),
        ("read", paths[0]),
        ("sent", paths[PARALLEL]),
        ("read", paths[1]),
        ("sent", paths[PARALLEL + 1]),
        *(("read", path) for path in paths[2:]),
    ]


def test_connections_are_used_again_within_a_post_and_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    host = a_gateway(monkeypatch, always(Answer()))
    api = an_api()

    api.post(ids(50), b"x")
    api.post(ids(50), b"y")

    assert len(host.lines) == PARALLEL


def test_a_connection_that_the_other_side_closes_is_not_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    host = a_gateway(monkeypatch, always(Answer(keep_alive=False)))

    assert an_api().post(ids(20), b"x").delivered == ids(20)
    assert max(Counter(sent.line for sent in host.taken).values()) == 1
    assert host.open_lines == 0


@pytest.mark.parametrize("shows_as", [STALE_ON_SENDING, STALE_ON_READING, ConnectionResetError()])
def test_stale_connections_are_replaced_and_everybody_is_served(
    monkeypatch: pytest.MonkeyPatch, shows_as: Exception
) -> None:
    # given connections that were closed while the Lambda was frozen
    host = a_gateway(monkeypatch, always(Answer()))
    api = an_api()
    api.post(ids(PARALLEL), b"x")
    host.taken.clear()
    host.drop_idle_connections(shows_as)

    # when
    tally = api.post(ids(30), b"y")

    # then
    assert sorted(tally.delivered) == ids(30)
    assert sorted(sent.path for sent in host.taken) == [PREFIX + each for each in ids(30)]
    assert all(line.closed for line in host.lines[:PARALLEL])


def test_a_host_that_cannot_be_reached_fails_everybody_and_does_not_go_on_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    host = a_gateway(monkeypatch, always(Answer()))
    host.unreachable = True

    assert an_api().post(ids(20), b"x") == DeliveryReport(failed=ids(20))


def test_near_the_deadline_nothing_more_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    host = a_gateway(monkeypatch, always(Answer()))
    deadline.set_remaining(0.1)

    assert an_api().post(ids(20), b"x") == DeliveryReport(failed=ids(20))
    assert host.trace == []


def test_a_deadline_that_comes_on_the_way_leaves_the_rest_to_the_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    # given a gateway that takes all the time there is for the fifth answer
    def slow(_sent: Sent) -> Answer:
        if len(host.taken) == 5:
            deadline.set_remaining(0.0)
        return Answer()

    host = a_gateway(monkeypatch, slow)

    # when
    tally = an_api().post(ids(40), b"x")

    # then what was under way is read, and nothing is sent any more
    assert tally.delivered == ids(PARALLEL + 4)
    assert tally.failed == ids(40)[PARALLEL + 4 :]


@given(st.lists(st.sampled_from([200, 410, 429, 500, "timeout", "stale", "close"]), max_size=40))
def test_whatever_is_answered_everybody_has_exactly_one_result(answers: list[int | str]) -> None:
    # given
    waiting = dict(zip(ids(len(answers)), answers, strict=True))

    def answer(sent: Sent) -> Answer | Exception:
        match waiting[sent.path.removeprefix(PREFIX)]:
            case "timeout":
                return TimeoutError()
            case "stale":
                return ClosedBeforeAnswer("closed")
            case "close":
                return Answer(keep_alive=False)
            case status:
                return Answer(int(status))

    with pytest.MonkeyPatch.context() as patched:
        host = a_gateway(patched, answer)

        # when
        tally = an_api().post(waiting, b"x")

        # then
        assert sorted(tally.delivered) == [each for each in waiting if waiting[each] in (200, "close")]
        assert sorted(tally.gone) == [each for each in waiting if waiting[each] == 410]
        assert sorted(tally.throttled) == [each for each in waiting if waiting[each] == 429]
        assert sorted(tally.failed) == [each for each in waiting if waiting[each] in (500, "timeout", "stale")]
        assert host.open_lines <= PARALLEL


def test_every_result_is_counted_in_a_list_of_its_own() -> None:
    tally = DeliveryReport()
    for result in Result:
        tally.add(result.value, result)

    assert tally == DeliveryReport(["delivered"], ["gone"], ["throttled"], ["failed"])


def test_a_process_has_one_client_and_each_thread_connections_of_its_own() -> None:
    api = posting.connections_api()
    with ThreadPoolExecutor(1) as other:
        elsewhere = other.submit(lambda: api.idle).result()

    assert posting.connections_api() is api
    assert (api.endpoint.host, api.endpoint.base_path) == ("api.example.test", "/dev")
    assert api.idle is api.idle
    assert api.idle is not elsewhere


def test_a_frame_is_posted_as_utf_8() -> None:
    assert as_body("é😀") == b"\xc3\xa9\xf0\x9f\x98\x80"
