"""Real people of a real user pool, and their tokens."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

import boto3
from jose import jwt

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient


@dataclass(frozen=True)
class Credentials:
    """What somebody signs in with."""

    username: str
    password: str


@dataclass(frozen=True)
class Person:
    """Someone with an account. `user_id` is the pool's `sub`."""

    username: str
    user_id: str
    access_token: str
    id_token: str


@dataclass(frozen=True)
class Deployment:
    """Where a Parley runs: the outputs, as `terraform output -json` gives them."""

    websocket_url: str
    http_api_url: str
    region: str
    user_pool_id: str
    user_pool_client_id: str
    cognito_endpoint: str | None

    @classmethod
    def read(cls, file: Path) -> Self:
        """From an outputs file."""
        return cls.of({name: output["value"] for name, output in json.loads(file.read_text()).items()})

    @classmethod
    def of(cls, outputs: Mapping[str, str]) -> Self:
        """From the outputs, by name."""
        return cls(
            websocket_url=outputs["websocket_url"],
            http_api_url=outputs["http_api_url"],
            region=outputs["region"],
            user_pool_id=outputs["user_pool_id"],
            user_pool_client_id=outputs["user_pool_client_id"],
            cognito_endpoint=outputs.get("cognito_endpoint"),
        )

    @cached_property
    def cognito(self) -> "CognitoIdentityProviderClient":
        """With the operator's credentials; the emulator takes any."""
        if self.cognito_endpoint is None:
            return boto3.client("cognito-idp", region_name=self.region)
        return boto3.client(
            "cognito-idp",
            region_name=self.region,
            endpoint_url=self.cognito_endpoint,
            aws_access_key_id="local",
            aws_secret_access_key="local",
        )

    def person(self, name: str) -> Person:
        """Somebody new whose username begins with `name`, signed in."""
        return self.sign_in(self.register(name))

    def register(self, name: str) -> Credentials:
        """A new account whose username begins with `name`."""
        username = f"{name}-{secrets.token_hex(4)}"
        password = f"Aa1-{secrets.token_urlsafe(12)}"
        self.cognito.admin_create_user(
            UserPoolId=self.user_pool_id,
            Username=username,
            MessageAction="SUPPRESS",
            UserAttributes=[
                {"Name": "email", "Value": f"{username}@example.com"},
                {"Name": "email_verified", "Value": "true"},
            ],
        )
        self.cognito.admin_set_user_password(
            UserPoolId=self.user_pool_id, Username=username, Password=password, Permanent=True
        )
        return Credentials(username, password)

    def sign_in(self, credentials: Credentials) -> Person:
        """The same person with new tokens."""
        answer = self.cognito.initiate_auth(
            ClientId=self.user_pool_client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": credentials.username, "PASSWORD": credentials.password},
        )
        tokens = answer["AuthenticationResult"]
        user_id = jwt.get_unverified_claims(tokens["AccessToken"])["sub"]
        return Person(credentials.username, user_id, tokens["AccessToken"], tokens["IdToken"])
