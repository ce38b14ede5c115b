"""Reading HTTP/1.1 answers: what is accepted, what is refused, and that it never matters how the bytes arrive."""

import http.client
import io
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.aws.http_parser import MAX_HEAD_BYTES, Answer, AnswerParser, HttpError

HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"

WHOLE: list[tuple[bytes, Answer]] = [
    (HEAD + b"Content-Length: 2\r\n\r\n{}", Answer(200, b"{}", keep_alive=True)),
    (b"HTTP/1.1 410 Gone\r\ncontent-length:0\r\n\r\n", Answer(410, b"", keep_alive=True)),
    (b"HTTP/1.1 200\r\nCONTENT-LENGTH: 2\r\nX: a\r\n\r\n{}", Answer(200, b"{}", keep_alive=True)),
    (b"HTTP/1.1 204 No Content\r\n\r\n", Answer(204, b"", keep_alive=True)),
    (b"HTTP/1.1 100 Continue\r\n\r\n" + HEAD + b"Content-Length: 1\r\n\r\nx", Answer(200, b"x", keep_alive=True)),
    (HEAD + b"Connection: Close\r\nContent-Length: 2\r\n\r\n{}", Answer(200, b"{}", keep_alive=False)),
    (HEAD + b"Connection: keep-alive, Close\r\nContent-Length: 0\r\n\r\n", Answer(200, b"", keep_alive=False)),
    (
        HEAD + b"Connection: keep-alive\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        Answer(200, b"", keep_alive=False),
    ),
    (HEAD + b"Content-Length: 1\r\nContent-Length: 1\r\n\r\nx", Answer(200, b"x", keep_alive=True)),
    (b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}", Answer(200, b"{}", keep_alive=False)),
    (
        CHUNKED + b"4;name=value\r\nwiki\r\nA\r\n0123456789\r\n0\r\nTrailer: a\r\n\r\n",
        Answer(200, b"wiki0123456789", keep_alive=True),
    ),
    (CHUNKED + b"0\r\n\r\n", Answer(200, b"", keep_alive=True)),
]

NO_LENGTHS = (b"many", b"-1", b"+1", b"1_0", b"0x1", b"1 1", b"")
REFUSED = [
    b"SSH-2.0-OpenSSH\r\n\r\n",
    b"HTTP/1.1 OK\r\n\r\n",
    b"HTTP/2 200 OK\r\n\r\n",
    b"HTTP/1.1 20 OK\r\n\r\n",
    b"HTTP/1.1 101 Switching Protocols\r\n\r\n",
    b"HTTP/1.1 100 Continue\r\n\r\n" * 9,
    *(
        HEAD + b"Content-Length: " + length + b"\r\n\r\nx"
        for length in (b"many", b"-1", b"+1", b"1_0", b"0x1", b"1 1", b"")
    ),
    HEAD + b"Content-Length: 99999999999\r\n\r\n",
    HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxy",
    HEAD + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    HEAD + b"Transfer-Encoding: identity\r\n\r\n",
    HEAD + b"Content-Length : 1\r\n\r\nx",
    HEAD + b"X: a\r\n folded: b\r\n\r\n",
    HEAD + b"no colon\r\n\r\n",
    HEAD + b": no name\r\n\r\n",
    HEAD + b"X: a\0b\r\n\r\n",
    HEAD + b"X: a\nContent-Length: 1\r\n\r\n",
    HEAD + 200 * b"X: a\r\n" + b"\r\n",
    HEAD + b"X: " + b"a" * MAX_HEAD_BYTES + b"\r\n\r\n",
    *(CHUNKED + size + b"\r\nx" for size in (b"zz", b"-1", b"+1", b"0x1", b"1_0", b"", b"123456789")),
    CHUNKED + b"1\r\nxy\r\n0\r\n\r\n",
    CHUNKED + b"0\r\n" + b"A: b\r\n" * MAX_HEAD_BYTES,
]


def read(data: bytes) -> Answer | None:
    return AnswerParser().feed(data)


@pytest.mark.parametrize(("data", "answer"), WHOLE)
def test_an_answer_is_read(data: bytes, answer: Answer) -> None:
    assert read(data) == answer


def test_an_answer_without_a_length_ends_with_the_connection() -> None:
    parser = AnswerParser()

    assert parser.feed(HEAD + b"\r\nall until ") is None
    assert parser.feed(b"the end") is None
    assert parser.feed(b"", ended=True) == Answer(200, b"all until the end", keep_alive=False)


@pytest.mark.parametrize("data", REFUSED)
def test_what_leaves_room_for_doubt_is_refused(data: bytes) -> None:
    with pytest.raises(HttpError):
        read(data)


@pytest.mark.parametrize("data", [data for data, _ in WHOLE])
def test_an_answer_that_is_cut_off_is_refused_wherever_it_is(data: bytes) -> None:
    for end in range(len(data)):
        parser = AnswerParser()
        assert parser.feed(data[:end]) is None
        with pytest.raises(HttpError):
            parser.feed(b"", ended=True)


@pytest.mark.parametrize("data", [data for data, _ in WHOLE])
def test_what_follows_an_answer_is_left_over(data: bytes) -> None:
    parser = AnswerParser()
    parser.feed(data + b"HTTP/1.1 410 Gone\r\n")

    assert bytes(parser.buffer) == b"HTTP/1.1 410 Gone\r\n"


@given(st.sampled_from(WHOLE), st.data())
def test_it_does_not_matter_how_the_bytes_arrive(whole: tuple[bytes, Answer], data: st.DataObject) -> None:
    text, answer = whole
    cuts = sorted(data.draw(st.sets(st.integers(1, len(text) - 1), max_size=8)))
    parser = AnswerParser()
    answers = [parser.feed(text[start:end]) for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]

    assert answers == [None] * len(cuts) + [answer]


@given(st.binary(max_size=200) | st.builds(lambda tail: CHUNKED + tail, st.binary(max_size=80)), st.booleans())
@example(b"\r\n\r\n", True)
def test_any_bytes_are_an_answer_or_an_error(data: bytes, ended: bool) -> None:
    try:
        answer = AnswerParser().feed(data, ended=ended)
    except HttpError:
        return
    assert answer is None or isinstance(answer, Answer)


class _Reader:
    """What http.client reads from."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def makefile(self, *_: Any) -> io.BytesIO:
        return io.BytesIO(self._data)


a_dictionary_of_headers = st.dictionaries(
    st.from_regex(r"X-[A-Za-z0-9-]{1,8}", fullmatch=True), st.from_regex(r"[!-~]{0,12}", fullmatch=True), max_size=4
)


@given(
    st.sampled_from([200, 201, 400, 410, 429, 503]),
    st.binary(max_size=300),
    st.booleans(),
    a_dictionary_of_headers,
)
def test_it_reads_as_the_standard_library_does(
    status: int, body: bytes, chunked: bool, headers: dict[str, str]
) -> None:
    lines = [f"HTTP/1.1 {status} Reason", *(f"{name}: {value}" for name, value in headers.items())]
    if chunked:
        lines.append("Transfer-Encoding: chunked")
        framed = (b"%x\r\n%s\r\n" % (len(body), body) if body else b"") + b"0\r\n\r\n"
    else:
        lines.append(f"Content-Length: {len(body)}")
        framed = body
    data = ("\r\n".join(lines) + "\r\n\r\n").encode() + framed
    standard = http.client.HTTPResponse(_Reader(data))  # type: ignore[arg-type]
    standard.begin()

    answer = read(data)

    assert answer is not None
    assert (answer.status, answer.body) == (standard.status, standard.read())
