"""Table `rooms`: a room, its admins and its head."""

from collections.abc import Iterable

from pynamodb.attributes import Attribute, NumberAttribute, NumberSetAttribute, UnicodeAttribute, UnicodeSetAttribute
from pynamodb.expressions.update import Action

from shared.db.table import Raw, Table, WordAttribute
from shared.db.transactions import Operation, change, put
from shared.features.rooms.wire import RoomInfo, Rules
from shared.protocol.base import Event, Person
from shared.protocol.limits import MAX_GONE, MAX_ROOM_MENTIONS
from shared.protocol.vocabulary import Allowed, Visibility
from shared.realtime.publication import Publication
from shared.realtime.topics import room_topic, user_topic


class PeopleAttribute(Attribute[list[Person]]):
    """People, in an order that stays."""

    attr_type = "L"

    def serialize(self, value: list[Person]) -> list[Raw]:
        """As DynamoDB's lists: the userId and the name of each."""
        return [{"L": [{"S": person.user_id}, {"S": person.username}]} for person in value]

    def deserialize(self, value: list[Raw]) -> list[Person]:
        """From DynamoDB's lists."""
        pairs = (pair["L"] for pair in value)
        return [Person(user_id=user_id["S"], username=username["S"]) for user_id, username in pairs]


class Room(Table):
    """A room. `lastSeq` and `lastTimestamp` are its head: they only grow, and only with a message."""

    class Meta:
        table_name = "rooms"

    room_id = UnicodeAttribute(hash_key=True, attr_name="roomId")
    room_name = UnicodeAttribute(attr_name="roomName")
    admin_user_ids = UnicodeSetAttribute(attr_name="adminUserIds", null=True)
    """At least one, at most 20; changes only together with the membership that it concerns. Direct rooms have none."""
    visibility: WordAttribute[Visibility] = WordAttribute()
    kind = UnicodeAttribute(default="group")
    """`group`, `direct` or `ended`.

    `ended`: its only member left. Nobody can join, and nobody who is no member sees it any more. `direct`: of a fixed
    set of people, whom nobody can join or leave.
    """
    people = PeopleAttribute(null=True)
    """All people of a direct room, at most 9."""
    created_at = NumberAttribute(attr_name="createdAt")
    last_seq = NumberAttribute(attr_name="lastSeq", default=0)
    last_timestamp = NumberAttribute(attr_name="lastTimestamp", default=0)
    last_user_id = UnicodeAttribute(null=True, attr_name="lastUserId")
    """Who wrote the last message."""
    run_seq = NumberAttribute(attr_name="runSeq", default=0)
    """The first of the messages at the end that they wrote in a row."""
    topic = UnicodeAttribute(null=True)
    description = UnicodeAttribute(null=True)
    post_rule: WordAttribute[Allowed] = WordAttribute(attr_name="postRule", default="everyone")
    pin_rule: WordAttribute[Allowed] = WordAttribute(attr_name="pinRule", default="everyone")
    mention_rule: WordAttribute[Allowed] = WordAttribute(attr_name="mentionRule", default="moderators")
    archived_at = NumberAttribute(null=True, attr_name="archivedAt")
    """Since when nobody may write, in milliseconds since 1970."""
    info_rev = NumberAttribute(attr_name="infoRev", default=0)
    """The `rev` of the last change of its name, topic, description, rules, or of being archived."""
    rev = NumberAttribute(default=0)
    """How many changes there have been to the room's messages: it only grows, and only with an entry in `changes`."""
    gone = NumberSetAttribute(null=True)
    """The seqs of deleted messages, the greatest 32: what was deleted unread does not count as unread."""
    room_mentions = NumberSetAttribute(null=True, attr_name="roomMentions")
    """The seqs of messages that mention everybody, the greatest 20."""
    retention_days = NumberAttribute(attr_name="retentionDays", default=0)
    """How long messages are kept, in days; 0 keeps them."""

    @property
    def admins(self) -> frozenset[str]:
        """Who are the admins; nobody in a direct room."""
        return frozenset(self.admin_user_ids or ())

    @property
    def is_direct(self) -> bool:
        """Whether it is a conversation of a fixed set of people."""
        return self.kind == "direct"

    @property
    def info(self) -> RoomInfo:
        """What it is called and how it works."""
        return RoomInfo(
            room_name=self.room_name,
            topic=self.topic,
            description=self.description,
            rules=Rules(post=self.post_rule, pin=self.pin_rule, mention_room=self.mention_rule),
            archived_at=None if self.archived_at is None else int(self.archived_at),
            info_rev=int(self.info_rev),
        )

    @property
    def topics(self) -> tuple[str, ...]:
        """Where to say what happens in it. In a direct room each person hears it as what concerns them.

        So nobody subscribes to direct rooms, and any number of them costs nothing when a connection opens.
        """
        if self.is_direct:
            return tuple(user_topic(person.user_id) for person in self.people or ())
        return (room_topic(self.room_id),)

    @property
    def has_ended(self) -> bool:
        """Whether its only member has left it."""
        return self.kind == "ended"

    def publications(self, event: Event, skip_connection: str | None = None) -> tuple[Publication, ...]:
        """An event for everybody in the room, except, where given, one connection."""
        return tuple(Publication(topic, event, skip_connection) for topic in self.topics)

    def create(self) -> Operation:
        """Store this new room, unless one has its id."""
        return put(self, Room.room_id.does_not_exist())

    def advance(self, seq: int, timestamp: int, user_id: str, *, mentions_room: bool = False) -> Operation:
        """Move the head to the message after the last one, unless it has moved, or the room is archived by now."""
        actions: list[Action] = [Room.last_seq.set(seq), Room.last_timestamp.set(timestamp)]
        if user_id != self.last_user_id:
            actions += [Room.last_user_id.set(user_id), Room.run_seq.set(seq)]
        condition = (Room.last_seq == self.last_seq) & Room.archived_at.does_not_exist()
        if mentions_room:
            mentioned = {int(each) for each in self.room_mentions or ()}
            if len(mentioned) < MAX_ROOM_MENTIONS:
                actions.append(Room.room_mentions.add({seq}))
            else:
                actions.append(Room.room_mentions.set({*sorted(mentioned)[1:], seq}))
                condition &= Room.room_mentions == mentioned
        return change(Room.key(self.room_id), actions, condition)

    def read_by(self, user_id: str, last_read_seq: int) -> int:
        """How far somebody has read who has marked it read so far: what one wrote oneself is not new to one."""
        is_own_end = user_id == self.last_user_id and last_read_seq >= self.run_seq - 1
        return int(self.last_seq) if is_own_end else last_read_seq

    def count_change(self, deleted_seq: int | None = None) -> Operation:
        """Count one more change, unless there has been another one since this room was read.

        A message that it deletes counts no more, neither as unread nor as a mention.
        """
        actions: list[Action] = [Room.rev.set(self.rev + 1)]
        if deleted_seq is not None:
            gone = sorted({*(int(each) for each in self.gone or ()), deleted_seq})
            actions.append(Room.gone.set(set(gone[-MAX_GONE:])))
            if deleted_seq in (self.room_mentions or ()):
                actions.append(Room.room_mentions.delete({deleted_seq}))
        return change(Room.key(self.room_id), actions, Room.rev == self.rev)

    def change_info(self, info: RoomInfo) -> Operation:
        """Change what it is called and how it works, as one more change, unless there was another since it was read."""
        rules = info.rules
        actions: list[Action] = [
            Room.rev.set(self.rev + 1),
            Room.info_rev.set(self.rev + 1),
            Room.room_name.set(info.room_name),
            Room.topic.set(info.topic) if info.topic else Room.topic.remove(),
            Room.description.set(info.description) if info.description else Room.description.remove(),
            Room.post_rule.set(rules.post),
            Room.pin_rule.set(rules.pin),
            Room.mention_rule.set(rules.mention_room),
            Room.archived_at.remove() if info.archived_at is None else Room.archived_at.set(info.archived_at),
        ]
        return change(Room.key(self.room_id), actions, Room.rev == self.rev)

    def end(self) -> Operation:
        """Close the room for good, unless its admins have changed since it was read."""
        return change(Room.key(self.room_id), [Room.kind.set("ended")], Room.admin_user_ids == self.admin_user_ids)

    def replace_admins(self, user_ids: Iterable[str]) -> Operation:
        """Set the admins, unless they have changed since this room was read."""
        actions = [Room.admin_user_ids.set(set(user_ids))]
        return change(Room.key(self.room_id), actions, Room.admin_user_ids == self.admin_user_ids)
