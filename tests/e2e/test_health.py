"""Anybody may ask whether the API answers."""

import json
import urllib.request

import pytest

from tests.e2e.people import Deployment

pytestmark = pytest.mark.e2e


def test_the_api_says_that_it_is_there_and_which_release_it_is(deployment: Deployment) -> None:
    with urllib.request.urlopen(f"{deployment.http_api_url}/health", timeout=15) as answer:
        status, kind, body = answer.status, answer.headers.get_content_type(), json.load(answer)

    assert (status, kind) == (200, "application/json")
    assert body["status"] == "ok"
    assert body["version"]
