"""What `make deploy` says where something is missing."""

import io
import json
import zipfile
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from tools import deploy
from tools.prune import prune_versions


@pytest.fixture
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "made-up")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "made-up")
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)


def test_an_environment_that_is_none(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["deploy", "plan", "qa"])

    assert deploy.main() == 1
    assert "ENV must be dev, staging or prod" in capsys.readouterr().err


def test_a_machine_without_terraform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(deploy.NotReady, match="Terraform is not on this machine"):
        deploy.find_terraform()


def test_no_region(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nonexistent")

    with pytest.raises(deploy.NotReady, match="AWS_REGION=eu-west-1"):
        deploy.find_target()


@pytest.mark.usefixtures("_credentials")
def test_no_bucket_for_the_state() -> None:
    with mock_aws():
        target = deploy.find_target()

        with pytest.raises(deploy.NotReady, match=r"parley-state-\d{12}-eu-west-1.*\n.*make bootstrap"):
            deploy.require_state_bucket(target)


@pytest.mark.usefixtures("_credentials")
def test_a_bucket_for_the_state_that_somebody_else_has(monkeypatch: pytest.MonkeyPatch) -> None:
    class _Foreign:
        def head_bucket(self, **_: str) -> None:
            raise ClientError({"Error": {"Code": "403", "Message": "Forbidden"}}, "HeadBucket")

    monkeypatch.setattr("boto3.client", lambda *_, **__: _Foreign())

    with pytest.raises(deploy.NotReady, match="can't be used"):
        deploy.require_state_bucket(deploy.Target("111122223333", "eu-west-1"))


def test_a_mistyped_profile_is_named_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "wrok")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nonexistent")

    with pytest.raises(deploy.NotReady, match=r"(?s)wrok.*AWS_PROFILE"):
        deploy.find_target()


class _Terraform:
    """What would be run."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.commands: list[tuple[str, ...]] = []
        monkeypatch.setattr(deploy, "_terraform", self._run)

    def _run(self, _terraform: str, _root: object, _target: object, *arguments: str) -> int:
        self.commands.append(arguments)
        return 0


@pytest.mark.parametrize("exists", [True, False])
@pytest.mark.usefixtures("_credentials")
def test_bootstrap_applies_always_and_imports_a_bucket_that_it_does_not_know(
    monkeypatch: pytest.MonkeyPatch, exists: bool
) -> None:
    terraform = _Terraform(monkeypatch)
    monkeypatch.setattr(deploy, "_has_state_bucket", lambda _: exists)
    target = deploy.Target("111122223333", "eu-west-1")
    state = "-state=parley-state-111122223333-eu-west-1.tfstate"

    assert deploy._bootstrap("terraform", target) == 0

    names = [command[0] for command in terraform.commands]
    assert names == (["init", "import", "apply"] if exists else ["init", "apply"])
    assert all(state in command for command in terraform.commands[1:])


@pytest.mark.parametrize(("approve", "asked"), [("1", []), ("", None), (None, None)])
def test_a_pipeline_may_approve_beforehand(
    monkeypatch: pytest.MonkeyPatch, approve: str | None, asked: list[str] | None
) -> None:
    monkeypatch.delenv("AUTO_APPROVE", raising=False)
    if approve is not None:
        monkeypatch.setenv("AUTO_APPROVE", approve)

    assert deploy._approval() == (["-auto-approve"] if asked == [] else [])


ROLE = json.dumps({"Version": "2012-10-17", "Statement": []})


@pytest.mark.usefixtures("_credentials")
def test_old_versions_are_deleted_but_for_those_that_are_in_use() -> None:
    with mock_aws():
        role = boto3.client("iam").create_role(RoleName="r", AssumeRolePolicyDocument=ROLE)["Role"]["Arn"]
        client: Any = boto3.client("lambda", region_name="eu-west-1")
        code = io.BytesIO()
        with zipfile.ZipFile(code, "w") as archive:
            archive.writestr("handler.py", "")
        for name in ("parley-dev-hello", "other-dev-hello"):
            client.create_function(
                FunctionName=name,
                Runtime="python3.13",
                Role=role,
                Handler="handler.handler",
                Code={"ZipFile": code.getvalue()},
            )
            for number in range(6):
                client.update_function_configuration(FunctionName=name, Description=f"{number}")
                client.publish_version(FunctionName=name, Description=f"{number}")
        client.create_alias(FunctionName="parley-dev-hello", Name="live", FunctionVersion="1")

        deleted = prune_versions(client, "parley-dev-")

        def left(name: str) -> list[str]:
            return [version["Version"] for version in client.list_versions_by_function(FunctionName=name)["Versions"]]

        assert left("parley-dev-hello") == ["$LATEST", "1", "4", "5", "6"]
        assert deleted == 2
        assert len(left("other-dev-hello")) == 7
        assert prune_versions(client, "parley-dev-") == 0
