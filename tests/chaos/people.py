"""Real people of the stack's user pool, who come in with tokens of its own."""

import asyncio

import aiohttp

from shared.protocol.limits import SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX
from tests.chaos.client.pace import Pace
from tests.e2e.people import Credentials, Deployment, Person


class Account:
    """Somebody with a password, and their present token; `create` comes first."""

    def __init__(self, name: str, deployment: Deployment, session: aiohttp.ClientSession, pace: Pace) -> None:
        self._name = name
        self._deployment = deployment
        self._session = session
        self._patience = pace.request_timeout
        self._credentials: Credentials
        self._person: Person

    @property
    def username(self) -> str:
        return self._person.username

    @property
    def user_id(self) -> str:
        return self._person.user_id

    async def create(self) -> None:
        """Make the account, and sign in."""
        self._credentials = await asyncio.to_thread(self._deployment.register, self._name)
        await self._sign_in()

    async def open(self, with_new_token: bool) -> aiohttp.ClientWebSocketResponse:
        """A connection as the app opens it: the token travels as a subprotocol."""
        if with_new_token:
            await self._sign_in()
        async with asyncio.timeout(self._patience):
            return await self._session.ws_connect(
                self._deployment.websocket_url,
                protocols=(SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX + self._person.access_token),
                max_msg_size=0,
                timeout=aiohttp.ClientWSTimeout(ws_close=0.5),
            )

    async def _sign_in(self) -> None:
        self._person = await asyncio.to_thread(self._deployment.sign_in, self._credentials)
