"""Headers as clients send them: in any case, with any number of subprotocols."""

from typing import Any

import pytest

from shared.edge.headers import access_token, chosen_subprotocol, header, offered_subprotocols


def an_event(**headers: str) -> dict[str, Any]:
    return {"headers": {name.replace("_", "-"): value for name, value in headers.items()}}


@pytest.mark.parametrize("name", ["Sec-WebSocket-Protocol", "sec-websocket-protocol", "SEC-WEBSOCKET-PROTOCOL"])
def test_a_header_is_found_whatever_its_case(name: str) -> None:
    event = {"headers": {"Host": "x", name: "parley.v1"}}

    assert header(event, "Sec-Websocket-Protocol") == "parley.v1"
    assert chosen_subprotocol(event) == {"Sec-WebSocket-Protocol": "parley.v1"}


@pytest.mark.parametrize("event", [{}, {"headers": None}, {"headers": {}}, {"headers": {"X-Other": "bearer.t"}}])
def test_without_headers_there_is_nothing(event: dict[str, Any]) -> None:
    assert header(event, "Authorization") == ""
    assert offered_subprotocols(event) == []
    assert chosen_subprotocol(event) == {}
    assert access_token(event) is None


@pytest.mark.parametrize("offer", ["parley.v1, bearer.t", "bearer.t,parley.v1", " other ,parley.v1,, bearer.t "])
def test_ours_is_chosen_among_several_and_the_token_is_never_the_answer(offer: str) -> None:
    event = an_event(Sec_WebSocket_Protocol=offer)

    assert chosen_subprotocol(event) == {"Sec-WebSocket-Protocol": "parley.v1"}
    assert access_token(event) == "t"


@pytest.mark.parametrize("offer", ["parley.v2", "bearer.t", "xparley.v1", "PARLEY.V1"])
def test_a_subprotocol_that_was_not_offered_is_not_chosen(offer: str) -> None:
    assert chosen_subprotocol(an_event(Sec_WebSocket_Protocol=offer)) == {}


@pytest.mark.parametrize("value", ["Bearer t", "bearer t", "BEARER  t "])
def test_a_token_may_come_in_the_authorization_header(value: str) -> None:
    assert access_token(an_event(authorization=value)) == "t"


@pytest.mark.parametrize("value", ["t", "Basic dDp0", "Bearer", "Bearer ", ""])
def test_another_authorization_is_no_token(value: str) -> None:
    assert access_token(an_event(Authorization=value)) is None


def test_the_subprotocol_comes_before_the_header() -> None:
    event = an_event(Sec_WebSocket_Protocol="parley.v1, bearer.first", Authorization="Bearer second")

    assert access_token(event) == "first"


def test_a_token_keeps_its_dots() -> None:
    assert access_token(an_event(Sec_WebSocket_Protocol="bearer.a.b.c")) == "a.b.c"


def test_a_token_in_the_url_is_not_looked_at() -> None:
    event = {
        "headers": {"Host": "x"},
        "queryStringParameters": {"token": "t", "access_token": "t", "Authorization": "Bearer t"},
        "multiValueQueryStringParameters": {"authorization": ["Bearer t"]},
    }

    assert access_token(event) is None
