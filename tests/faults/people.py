"""Real people of the stack's user pool, who come in with tokens of its own."""

import asyncio
import secrets
from typing import Any

import aiohttp

from local import aws
from shared.protocol.limits import SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX
from tests.faults.client.pace import Pace


class Account:
    """Somebody with a password, and their present token."""

    def __init__(self, name: str, outputs: dict[str, str], session: aiohttp.ClientSession, pace: Pace) -> None:
        self.username = f"{name}-{secrets.token_hex(3)}"
        self._password = f"Aa1-{secrets.token_urlsafe(12)}"
        self._outputs = outputs
        self._session = session
        self._patience = pace.request_timeout
        self._cognito: Any = aws.client("cognito-idp", outputs["cognito_endpoint"])
        self._token = ""
        self.user_id = ""

    async def create(self) -> None:
        """Make the account, and sign in."""
        await asyncio.to_thread(self._create)

    async def open(self, with_new_token: bool) -> aiohttp.ClientWebSocketResponse:
        """A connection as the app opens it: the token travels as a subprotocol."""
        if with_new_token:
            await asyncio.to_thread(self._sign_in)
        async with asyncio.timeout(self._patience):
            return await self._session.ws_connect(
                self._outputs["websocket_url"],
                protocols=(SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX + self._token),
                max_msg_size=0,
                timeout=aiohttp.ClientWSTimeout(ws_close=0.5),
            )

    def _create(self) -> None:
        self._cognito.admin_create_user(
            UserPoolId=self._outputs["user_pool_id"],
            Username=self.username,
            MessageAction="SUPPRESS",
            UserAttributes=[
                {"Name": "email", "Value": f"{self.username}@example.com"},
                {"Name": "email_verified", "Value": "true"},
            ],
        )
        self._cognito.admin_set_user_password(
            UserPoolId=self._outputs["user_pool_id"], Username=self.username, Password=self._password, Permanent=True
        )
        self._sign_in()
        user = self._cognito.get_user(AccessToken=self._token)
        self.user_id = next(each["Value"] for each in user["UserAttributes"] if each["Name"] == "sub")

    def _sign_in(self) -> None:
        answer = self._cognito.initiate_auth(
            ClientId=self._outputs["user_pool_client_id"],
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": self.username, "PASSWORD": self._password},
        )
        self._token = answer["AuthenticationResult"]["AccessToken"]
