"""What `make deploy` says where something is missing."""

import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from tools import deploy


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
