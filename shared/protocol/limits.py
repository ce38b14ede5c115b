"""Every size and count of the protocol. Sizes are bytes of UTF-8."""

SUBPROTOCOL = "parley.v1"
TOKEN_SUBPROTOCOL_PREFIX = "bearer."  # noqa: S105

MAX_FRAME_BYTES = 100_000
"""No frame of ours is larger; API Gateway's own limit is 128 KB."""

MAX_MESSAGE_BYTES = 8_192
MAX_ROOM_NAME_CHARACTERS = 80
MAX_CLIENT_ID_CHARACTERS = 64
"""requestId, clientMessageId and clientRoomId."""

MAX_ID_CHARACTERS = 128
"""Any identifier or cursor that a client sends back to us."""

MAX_HISTORY = 100
DEFAULT_HISTORY = 50
MAX_PING_ROOMS = 20
MAX_MARKED_ROOMS = 20
"""In one `markRead`."""

MAX_ADMINS = 20
MAX_EMOJI_BYTES = 64
MAX_REACTION_EMOJI = 20
"""Different emoji on one message."""

MAX_REACTIONS = 400
"""Reactions of all people to one message, which holds them all."""

MAX_MENTIONS = 20
"""People that one message mentions."""

MAX_UNREAD_MENTIONS = 100
"""Messages that are remembered as mentioning a person, per room: the newest. Of those that mention everybody, 20."""

MAX_ROOM_MENTIONS = 20
MAX_GONE = 32
"""Deleted messages that a room remembers, to leave them out of unread counts: the newest."""

MAX_TYPING_LISTENERS = 25
"""Where more connections of others listen, nobody is told who is writing."""

MAX_TOPIC_BYTES = 250
MAX_DESCRIPTION_BYTES = 250
MAX_DIRECT_PEOPLE = 9
"""In one direct room, its opener included."""

MAX_PINS = 100
MAX_VERSIONS = 20
"""Earlier texts of one message that are kept."""

MAX_EXCERPT_CHARACTERS = 200
"""Of a message that is quoted."""

MAX_TIME = 253_402_300_799_999
"""The last millisecond of the year 9999."""

MAX_CHANGES = 1_000
"""Who is more changes behind reads the room afresh."""

MAX_COUNTED_MEMBERS = 200
"""Counting the members of a room reads a row for each; beyond this the exact number tells nobody anything."""

MAX_TOKEN_CHARACTERS = 8_192
"""A longer access token is refused before it is looked at; Cognito's are about 1 KB."""

LISTEN_AFTER_EXPIRY_MS = 5 * 60 * 1000
"""How long a connection may still hear after its token ended."""

WINDOW_MS = 10_000
"""The window in which a person's sends and commands are counted; settings.LimitSettings says how many are allowed."""

ARRIVAL_WINDOW_MS = 60_000
"""In which it is counted how often a person connects, and says hello."""

FLOOD_MULTIPLIER = 5
"""Somebody who asks for so many times their sends does not listen to refusals: their connection is closed.

Not less, for an app that comes back with messages for fifty rooms asks for all of them before the first answer.
"""

RESEND_MULTIPLIER = 2
"""A repeated send is answered again, up to this many times a person's limit of sends: this only pushes."""
