"""Configuration: typed, and wrong values are named with what they should look like."""

import pytest

from shared.core.settings import (
    AwsSettings,
    CanarySettings,
    ChatSettings,
    ConnectionsSettings,
    DeliverySettings,
    DirectSettings,
    EditSettings,
    IdentitySettings,
    LimitSettings,
    ReleaseSettings,
    TableSettings,
    TypingSettings,
    load,
)
from shared.core.variables import Group, SettingsError

GROUPS = [
    AwsSettings,
    TableSettings,
    ChatSettings,
    LimitSettings,
    ConnectionsSettings,
    DeliverySettings,
    DirectSettings,
    EditSettings,
    IdentitySettings,
    ReleaseSettings,
    CanarySettings,
    TypingSettings,
]


def _complaint(group: type[Group]) -> str:
    with pytest.raises(SettingsError) as refused:
        load(group)
    return str(refused.value)


def test_the_environment_becomes_typed_values() -> None:
    assert load(AwsSettings).region == "eu-west-1"
    assert load(AwsSettings).dynamodb_endpoint is None
    assert load(ConnectionsSettings).connections_url == "https://api.example.test/dev"
    assert load(IdentitySettings).client_id == "app-client"


def test_what_is_left_out_has_its_default() -> None:
    assert load(ChatSettings).retention_days == 0
    assert (load(DeliverySettings).inline_limit, load(DeliverySettings).segment_size) == (100, 500)


def test_numbers_are_read_from_their_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_RETENTION_DAYS", "30")

    assert load(ChatSettings).retention_days == 30


@pytest.mark.parametrize(
    ("group", "variable"),
    [
        (AwsSettings, "AWS_REGION"),
        (TableSettings, "PARLEY_TABLE_PREFIX"),
        (ConnectionsSettings, "PARLEY_CONNECTIONS_URL"),
        (DeliverySettings, "PARLEY_QUEUE_URL_FAN_OUT"),
        (IdentitySettings, "PARLEY_ISSUER"),
        (IdentitySettings, "PARLEY_CLIENT_ID"),
        (IdentitySettings, "PARLEY_JWKS_URL"),
        (CanarySettings, "PARLEY_WEBSOCKET_URL"),
        (CanarySettings, "PARLEY_PARAMETER_CANARY_PASSWORD"),
    ],
)
def test_a_missing_variable_is_named(monkeypatch: pytest.MonkeyPatch, group: type[Group], variable: str) -> None:
    monkeypatch.delenv(variable)

    assert _complaint(group).startswith(f"{variable}: is missing; it should be ")


@pytest.mark.parametrize(
    ("group", "variable", "value"),
    [
        (AwsSettings, "AWS_REGION", "Ireland"),
        (AwsSettings, "AWS_REGION", ""),
        (AwsSettings, "DYNAMODB_ENDPOINT", "localhost:8000"),
        (TableSettings, "PARLEY_TABLE_PREFIX", "Parley Dev"),
        (ChatSettings, "PARLEY_RETENTION_DAYS", "-1"),
        (ChatSettings, "PARLEY_RETENTION_DAYS", "a week"),
        (ChatSettings, "PARLEY_RETENTION_DAYS", "3651"),
        (ChatSettings, "PARLEY_RETENTION_DAYS", ""),
        (TableSettings, "PARLEY_TABLE_PREFIX", "parley-dev\n"),
        (TypingSettings, "PARLEY_TYPING", "perhaps"),
        (DirectSettings, "PARLEY_DIRECT_REACH", "nobody"),
        (EditSettings, "PARLEY_EDIT_MINUTES", "-1"),
        (EditSettings, "PARLEY_EDIT_HISTORY", "nobody"),
        (ConnectionsSettings, "PARLEY_CONNECTIONS_URL", "wss://api.example.test/dev"),
        (DeliverySettings, "PARLEY_QUEUE_URL_FAN_OUT", "fan-out"),
        (DeliverySettings, "PARLEY_INLINE_LIMIT", "1001"),
        (DeliverySettings, "PARLEY_SEGMENT_SIZE", "0"),
        (LimitSettings, "PARLEY_LIMIT_SENDS", "0"),
        (LimitSettings, "PARLEY_LIMIT_ROOMS", "-1"),
        (IdentitySettings, "PARLEY_CLIENT_ID", ""),
        (IdentitySettings, "PARLEY_ISSUER", "//issuer"),
        (CanarySettings, "PARLEY_WEBSOCKET_URL", "https://api.example.test/dev"),
        (CanarySettings, "PARLEY_PARAMETER_CANARY_PASSWORD", "canary-password"),
    ],
)
def test_a_malformed_variable_is_named_with_what_it_should_be(
    monkeypatch: pytest.MonkeyPatch, group: type[Group], variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)

    (line,) = _complaint(group).splitlines()
    described = next(each.description for each in group.variables() if each.name == variable)
    assert line.startswith(f"{variable}: is ")
    assert line.endswith(f"it should be {described}")


def test_every_fault_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PARLEY_ISSUER")
    monkeypatch.setenv("PARLEY_CLIENT_ID", "")

    assert [line.partition(":")[0] for line in _complaint(IdentitySettings).splitlines()] == [
        "PARLEY_ISSUER",
        "PARLEY_CLIENT_ID",
    ]


@pytest.mark.parametrize("group", GROUPS)
def test_every_variable_says_what_it_should_be(group: type[Group]) -> None:
    assert list(group.variables())
    for variable in group.variables():
        assert variable.name.isupper()
        assert variable.description


def test_every_group_is_tested_here() -> None:
    assert set(Group.__subclasses__()) == set(GROUPS)


def test_the_environment_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    before = load(AwsSettings)
    monkeypatch.setenv("AWS_REGION", "us-east-1")

    assert load(AwsSettings) is before


def test_a_setting_is_not_changed_by_the_code() -> None:
    with pytest.raises(AttributeError, match="PARLEY_INLINE_LIMIT"):
        load(DeliverySettings).inline_limit = 5
