"""Table `memberships`: each person's membership of each room."""

from collections.abc import Iterator
from itertools import islice

from pynamodb.attributes import BooleanAttribute, NumberAttribute, NumberSetAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection

from shared.core.ids import is_direct
from shared.db import transactions
from shared.db.reads import number, rows, text
from shared.db.table import Raw, Table, WordAttribute
from shared.db.transactions import Operation
from shared.features.memberships.parts import MembershipImage, PersonalSettings, Standing
from shared.protocol.limits import MAX_UNREAD_MENTIONS
from shared.protocol.vocabulary import MemberStatus, NotificationLevel


class MembersOfRoom(GlobalSecondaryIndex["Membership"]):
    """Member lists and pending requests of a room. Eventually consistent: for showing, never for deciding."""

    class Meta:
        index_name = "roomId-index"
        projection = IncludeProjection(["username", "version", "joinedAt", "isModerator"])

    room_id = UnicodeAttribute(hash_key=True, attr_name="roomId")
    status = UnicodeAttribute(range_key=True)


class Membership(Table):
    """A person in a room. The row outlives the membership (`left`), so that `version` never starts over."""

    class Meta:
        table_name = "memberships"

    user_id = UnicodeAttribute(hash_key=True, attr_name="userId")
    room_id = UnicodeAttribute(range_key=True, attr_name="roomId")
    username = UnicodeAttribute()
    status: WordAttribute[MemberStatus] = WordAttribute()
    version = NumberAttribute()
    """Grows with every change of status or role."""
    is_moderator = BooleanAttribute(null=True, attr_name="isModerator")
    """Who is an admin, the room knows."""
    last_read_seq = NumberAttribute(attr_name="lastReadSeq", default=0)
    joined_at = NumberAttribute(null=True, attr_name="joinedAt")
    mention_seqs = NumberSetAttribute(null=True, attr_name="mentionSeqs")
    """The seqs of messages that mention the person, the greatest 100; read ones stay."""
    level: WordAttribute[NotificationLevel] = WordAttribute(default="all")
    """What may disturb the person in this room."""
    muted_until = NumberAttribute(null=True, attr_name="mutedUntil")
    hidden_at_seq = NumberAttribute(null=True, attr_name="hiddenAtSeq")
    """The person's list does not show the room while its `lastSeq` is not above this."""
    settings_version = NumberAttribute(attr_name="settingsVersion", default=0)
    """Grows with every change of `level`, `mutedUntil` and `hiddenAtSeq`."""

    room_index = MembersOfRoom()

    @property
    def is_approved(self) -> bool:
        """May read and write."""
        return self.status == "approved"

    @property
    def is_request(self) -> bool:
        """Waits for an answer, or was rejected."""
        return self.status in ("pending", "rejected")

    @property
    def personal_settings(self) -> PersonalSettings:
        """What the person wants of the room."""
        return PersonalSettings(self.level, _whole(self.muted_until), _whole(self.hidden_at_seq))

    @classmethod
    def image(cls, row: Raw) -> MembershipImage:
        """From the image of a stream record."""
        return MembershipImage(text(row, "userId"), text(row, "roomId"), text(row, "status"), number(row, "version"))

    @classmethod
    def of_user(cls, user_id: str, first: str | None = None, last: str | None = None) -> "list[Membership]":
        """A person's memberships whatever their status, in order of roomId, all or from one to another; consistent."""
        wanted = cls.room_id.between(first, last) if first and last else None
        return [cls.from_raw_data(row) for row in rows(cls, user_id, range_condition=wanted)]

    @classmethod
    def in_room(
        cls, room_id: str, status: MemberStatus, *, after_user_id: str | None = None, page_size: int
    ) -> "Iterator[Membership]":
        """The memberships of a room with one status, in order of userId; from an index, so they may be a moment old."""
        start: Raw | None = None
        if after_user_id is not None:
            start = {"roomId": {"S": room_id}, "status": {"S": status}, "userId": {"S": after_user_id}}
        yield from cls.room_index.query(room_id, cls.status == status, last_evaluated_key=start, page_size=page_size)

    @classmethod
    def count_pending(cls, room_id: str) -> int:
        """How many ask to join; from an index, so it may be a moment old."""
        return cls.room_index.count(room_id, cls.status == "pending")

    @classmethod
    def count_members(cls, room_id: str, at_most: int) -> int:
        """How many members a room has, counted up to a limit; from an index, so it may be a moment old."""
        return sum(1 for _ in islice(cls.in_room(room_id, "approved", page_size=at_most), at_most))

    @classmethod
    def moderators_of(cls, room_id: str) -> set[str]:
        """Who are a room's moderators; from an index, so it may be a moment old."""
        members = cls.room_index.query(room_id, cls.status == "approved", filter_condition=cls.is_moderator == True)  # noqa: E712
        return {member.user_id for member in members}

    @classmethod
    def count_held_by(cls, user_id: str) -> int:
        """How many rooms a person is in or has asked to join, rejected requests included, direct rooms excluded."""
        found = rows(cls, user_id, attributes=["roomId", "status"])
        statuses = (text(row, "status") for row in found if not is_direct(text(row, "roomId")))
        return sum(status in ("approved", "pending", "rejected") for status in statuses)

    @classmethod
    def require_approved(cls, user_id: str, room_id: str) -> Operation:
        """Let a transaction through only while the membership is approved."""
        return transactions.check(cls.key(user_id, room_id), cls._approved())

    @classmethod
    def require_not_approved(cls, user_id: str, room_id: str) -> Operation:
        """Let a transaction through only while there is no approved membership."""
        condition: Condition = cls.user_id.does_not_exist() | (cls.status != "approved")
        return transactions.check(cls.key(user_id, room_id), condition)

    @classmethod
    def advance_read(cls, user_id: str, room_id: str, seq: int) -> Operation:
        """Move the reading forward, unless it is there already or the membership has ended."""
        condition = cls._approved() & (cls.last_read_seq < seq)
        return transactions.change(cls.key(user_id, room_id), [cls.last_read_seq.set(seq)], condition)

    def mention(self, seq: int) -> Operation:
        """Note that a message mentions the person, unless the membership has ended."""
        known = {int(each) for each in self.mention_seqs or ()}
        condition = self._approved()
        if len(known) < MAX_UNREAD_MENTIONS:
            action: Action = Membership.mention_seqs.add({seq})
        else:
            action = Membership.mention_seqs.set({*sorted(known)[1:], seq})
            condition &= Membership.mention_seqs == known
        return transactions.change(self.key(self.user_id, self.room_id), [action], condition)

    @classmethod
    def unmention(cls, user_id: str, room_id: str, seq: int) -> Operation:
        """Note that a message does not mention the person any more."""
        return transactions.change(cls.key(user_id, room_id), [cls.mention_seqs.delete({seq})], cls.user_id.exists())

    def set_personal(self, wanted: PersonalSettings) -> Operation:
        """Say what the person wants of the room, unless that has been said since, or the membership has ended."""
        actions: list[Action] = [
            Membership.level.set(wanted.level),
            _set_or_remove(Membership.muted_until, wanted.muted_until),
            _set_or_remove(Membership.hidden_at_seq, wanted.hidden_at_seq),
            Membership.settings_version.set(self.settings_version + 1),
        ]
        version = Membership.settings_version
        unchanged = (
            version == self.settings_version if self.settings_version else version.does_not_exist() | (version == 0)
        )
        return transactions.change(self.key(self.user_id, self.room_id), actions, self._approved() & unchanged)

    def create(self) -> Operation:
        """Store this first membership of the person in the room, unless there is one."""
        return transactions.put(self, Membership.user_id.does_not_exist())

    def replace(self, after: Standing, username: str, began_at: int | None, last_seq: int) -> Operation:
        """Change status and role and count the version up, unless the membership has changed since it was read.

        `began_at` (ms): the membership begins now, with everything up to `last_seq` read; None: it goes on or ends.
        """
        actions: list[Action] = [
            Membership.status.set(after.status),
            Membership.is_moderator.set(True) if after.is_moderator else Membership.is_moderator.remove(),
            Membership.version.set(self.version + 1),
            Membership.username.set(username),
        ]
        if began_at is not None:
            actions += [Membership.last_read_seq.set(last_seq), Membership.joined_at.set(began_at)]
        return transactions.change(self.key(self.user_id, self.room_id), actions, Membership.version == self.version)

    @classmethod
    def _approved(cls) -> Condition:
        condition: Condition = cls.status == "approved"
        return condition


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)


def _set_or_remove(attribute: NumberAttribute, number: int | None) -> Action:
    action: Action = attribute.remove() if number is None else attribute.set(number)
    return action
