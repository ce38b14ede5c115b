"""Starting, stopping, starting again; changing code in between; and what a stack tells about itself."""

import gzip
import json
import os
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from local.emulation import aws
from local.functions import FunctionsBroken
from local.settings import Settings
from local.sockets import PortBusy, listen, port_of
from local.stack import LocalStack
from tests.local.stacks import ECHO, FunctionFolder, echoing, stack_of
from tools.table_declarations import TABLES


def get(url: str) -> tuple[int, str, str]:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status, answer.headers.get("Cache-Control", ""), answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, "", error.read().decode()


def test_people_survive_a_stop_and_a_start(tmp_path: Path) -> None:
    functions = echoing(tmp_path / "lambdas")
    with stack_of(functions, tmp_path / "one") as stack:
        first = stack.outputs
    with stack_of(functions, tmp_path / "two") as stack:
        other = stack.outputs
    with stack_of(functions, tmp_path / "one") as stack:
        again = stack.outputs
    assert again["user_pool_id"] == first["user_pool_id"] != other["user_pool_id"]


def test_tables_are_as_declared(tmp_path: Path) -> None:
    with LocalStack(Settings(state=tmp_path)) as stack:
        dynamodb = aws.client("dynamodb", stack.variables["DYNAMODB_ENDPOINT"])
        made = {
            name.removeprefix("parley-local-"): (
                dynamodb.describe_table(TableName=name)["Table"],
                dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"]["TimeToLiveStatus"],
            )
            for name in dynamodb.list_tables()["TableNames"]
        }
    assert made.keys() == TABLES.keys()
    for name, declared in TABLES.items():
        table, expiry = made[name]
        assert table["KeySchema"] == declared.key_schema()
        assert {index["IndexName"]: index["KeySchema"] for index in table.get("GlobalSecondaryIndexes", [])} == {
            index_name: index.key_schema() for index_name, index in declared.indexes.items()
        }
        assert table.get("StreamSpecification", {}).get("StreamEnabled", False) == declared.streams
        assert (expiry == "ENABLED") == declared.expires


def test_outputs_have_the_shape_of_terraforms(tmp_path: Path) -> None:
    with stack_of(echoing(tmp_path / "lambdas"), tmp_path, outputs=tmp_path / "deep" / "out.json") as stack:
        written = json.loads((tmp_path / "deep" / "out.json").read_text())
    assert written["websocket_url"] == {"value": stack.outputs["websocket_url"], "type": "string", "sensitive": False}
    assert written.keys() == {
        "websocket_url",
        "http_api_url",
        "site_url",
        "region",
        "user_pool_id",
        "user_pool_client_id",
        "cognito_endpoint",
    }


def test_the_environment_is_put_back(tmp_path: Path) -> None:
    before = {name: value for name, value in os.environ.items() if name.startswith(("PARLEY", "AWS", "DYNAMODB"))}
    with stack_of(echoing(tmp_path / "lambdas"), tmp_path):
        assert os.environ["PARLEY_TABLE_PREFIX"] == "parley-local"
    assert {name: value for name, value in os.environ.items() if name.startswith(("PARLEY", "AWS", "DYN"))} == before


def test_a_busy_port_is_named_and_nothing_stays_behind(tmp_path: Path) -> None:
    with listen(0) as taken:
        port = port_of(taken)
        with pytest.raises(PortBusy) as busy:
            LocalStack(Settings(port=port, state=tmp_path)).start()
    assert busy.value.port == port


def test_a_broken_function_is_named_with_its_line(tmp_path: Path) -> None:
    functions = FunctionFolder(tmp_path / "lambdas").add("broken", "{route: [$default]}", "x = 1\ndef handler(:\n")
    with pytest.raises(FunctionsBroken, match=r"broken/handler\.py:2: SyntaxError"), stack_of(functions, tmp_path):
        pass


def test_a_broken_function_file_is_named_with_its_field(tmp_path: Path) -> None:
    functions = FunctionFolder(tmp_path / "lambdas").add("broken", "{route: [$default], bus: x}", ECHO)
    with pytest.raises(FunctionsBroken, match=r"function\.yaml:2: trigger\.bus"), stack_of(functions, tmp_path):
        pass


def test_changed_code_is_used_and_broken_code_is_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    functions = echoing(tmp_path / "lambdas")
    with stack_of(functions, tmp_path, watch=True) as stack:
        old = stack.functions.handler("default")
        functions.change("default", "def handler(event, context:\n")
        printed = _printed(capsys, "Not reloaded")
        assert "default/handler.py:1: SyntaxError" in printed
        assert stack.functions.handler("default") is old
        functions.change("default", "def handler(event, context):\n    return 'new'\n")
        assert _printed(capsys, "Reloaded").count("\n") == 1
        assert stack.functions.handler("default")({}, None) == "new"


def _printed(capsys: pytest.CaptureFixture[str], expected: str) -> str:
    text = ""
    deadline = time.monotonic() + 5
    while expected not in text and time.monotonic() < deadline:
        time.sleep(0.05)
        text += capsys.readouterr().out
    return text


class TestSite:
    """The built app is served, and told where everything is."""

    @pytest.fixture
    def site(self, tmp_path: Path) -> Path:
        folder = tmp_path / "site"
        (folder / "assets").mkdir(parents=True)
        (folder / "index.html").write_text("the app")
        (folder / "assets" / "app-1a2b.js").write_text("code")
        (tmp_path / "secret").write_text("secret")
        return folder

    def test_files_fallback_and_caching(self, tmp_path: Path, site: Path) -> None:
        assert site.is_dir()
        with stack_of(echoing(tmp_path / "lambdas"), tmp_path) as stack:
            url = stack.outputs["site_url"]
            assert get(f"{url}/") == (200, "no-store", "the app")
            assert get(f"{url}/rooms/1") == (200, "no-store", "the app")
            assert get(f"{url}/assets/app-1a2b.js") == (200, "public, max-age=31536000, immutable", "code")
            assert get(f"{url}/assets/gone.js")[0] == 404
            assert "secret" not in get(f"{url}/..%2fsecret")[2]

    def test_assets_are_compressed_for_who_understands(self, tmp_path: Path, site: Path) -> None:
        assert site.is_dir()
        with stack_of(echoing(tmp_path / "lambdas"), tmp_path) as stack:
            url = f"{stack.outputs['site_url']}/assets/app-1a2b.js"
            with urllib.request.urlopen(urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})) as answer:
                assert answer.headers["Content-Encoding"] == "gzip"
                assert answer.headers["Content-Type"].startswith("text/javascript")
                assert gzip.decompress(answer.read()) == b"code"

    def test_what_the_page_may_do(self, tmp_path: Path, site: Path) -> None:
        (site / "app.webmanifest").write_text("{}")
        with stack_of(echoing(tmp_path / "lambdas"), tmp_path) as stack:
            site_url = stack.outputs["site_url"]
            with urllib.request.urlopen(f"{site_url}/rooms/1") as answer:
                policy = answer.headers["Content-Security-Policy"]
            with urllib.request.urlopen(f"{site_url}/app.webmanifest") as answer:
                assert answer.headers["Content-Type"] == "application/manifest+json"
            reached = {stack.outputs["cognito_endpoint"], stack.outputs["websocket_url"].split("/", 3)[2]}
        assert "script-src 'self'" in policy
        assert all(where in policy for where in reached)

    def test_the_apps_configuration(self, tmp_path: Path) -> None:
        with stack_of(echoing(tmp_path / "lambdas"), tmp_path, mock_auth=False) as stack:
            status, caching, text = get(f"{stack.outputs['site_url']}/config.json")
        assert (status, caching) == (200, "no-store")
        assert json.loads(text).keys() == {
            "websocketUrl",
            "httpApiUrl",
            "region",
            "userPoolId",
            "userPoolClientId",
            "cognitoEndpoint",
            "signUp",
            "typing",
        }
