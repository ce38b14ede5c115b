"""What one client writes down of what it does and hears."""

from tests.chaos.client.errors import Frame
from tests.chaos.client.outbox import Unsent
from tests.chaos.history import Acknowledged, GivenUp, Sent, Told
from tests.chaos.recorder import Recorder, now


class ClientLog:
    """One client's pages of the history."""

    def __init__(self, recorder: Recorder, client: str, user_id: str) -> None:
        self._recorder = recorder
        self._client = client
        self._user_id = user_id

    def count(self, action: str) -> None:
        """A command is given."""
        self._recorder.operations[action] += 1

    def sends(self, entry: Unsent) -> None:
        """Before a message is put into the outbox."""
        self.count("sendMessage")
        self._recorder.add(
            Sent(
                at=now(),
                client=self._client,
                user_id=self._user_id,
                room_id=entry.room_id,
                client_message_id=entry.client_message_id,
                text=entry.text,
            )
        )

    def gives_up(self, entry: Unsent, code: str) -> None:
        """The refusal was final."""
        self._recorder.add(
            GivenUp(
                at=now(),
                client=self._client,
                user_id=self._user_id,
                room_id=entry.room_id,
                client_message_id=entry.client_message_id,
                code=code,
            )
        )

    def hears(self, event: Frame, asked: float | None) -> None:
        """An event came, as the answer to what was asked then, or as a push."""
        if event["action"] == "messageSent" and event.get("clientMessageId"):
            self._acknowledged(event)
        for message in [event] if event["action"] == "message" else event.get("messages", []):
            self._told(message, asked)

    def _acknowledged(self, event: Frame) -> None:
        self._recorder.add(
            Acknowledged(
                at=now(),
                client=self._client,
                user_id=self._user_id,
                room_id=event["roomId"],
                client_message_id=event["clientMessageId"],
                message_id=event["messageId"],
                seq=event["seq"],
                sort_key=event["sortKey"],
            )
        )

    def _told(self, message: Frame, asked: float | None) -> None:
        self._recorder.add(
            Told(
                at=now(),
                client=self._client,
                user_id=self._user_id,
                room_id=message["roomId"],
                message_id=message["messageId"],
                client_message_id=message.get("clientMessageId"),
                seq=message["seq"],
                asked=asked,
            )
        )
