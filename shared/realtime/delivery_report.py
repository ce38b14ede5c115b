"""How posts to connections ended."""

from dataclasses import dataclass, field
from enum import Enum


class Result(Enum):
    """How a post ended."""

    DELIVERED = "delivered"
    GONE = "gone"
    THROTTLED = "throttled"
    FAILED = "failed"
    """No answer or a server's error: it may or may not have arrived. A repetition is harmless."""


@dataclass
class DeliveryReport:
    """The connectionIds by result."""

    delivered: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    throttled: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def add(self, connection_id: str, result: Result) -> None:
        """Count one."""
        by_result: list[str] = getattr(self, result.value)
        by_result.append(connection_id)

    def followed_by(self, retry: "DeliveryReport") -> "DeliveryReport":
        """The report of both attempts, where `retry` was of those that failed in this one."""
        return DeliveryReport(
            self.delivered + retry.delivered,
            self.gone + retry.gone,
            self.throttled + retry.throttled,
            retry.failed,
        )

    @property
    def unserved(self) -> list[str]:
        """Those to try again."""
        return self.throttled + self.failed
