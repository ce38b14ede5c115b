"""CPU per post to `@connections`: Parley's batch against boto3's client in threads, as it is usually written."""

from shared.realtime.posting import ConnectionsApi
from tools.bench.far_side import FarSide
from tools.bench.measuring import Contender, median_cpu_us
from tools.bench.posting_with_boto3 import THREADS, boto3_poster
from tools.bench.report import Section, Target, compared
from tools.bench.surroundings import REGION

CONNECTIONS = [f"Kq{number:09d}MCIjg=" for number in range(100)]
"""As many as the sender's own Lambda posts to; a larger room goes to the queue."""

BODY = (
    b'{"action":"message","roomId":"r","messageId":"m","userId":"u","username":"alice","message":"' + 200 * b"x" + b'"}'
)
AT_MOST = 1 / 6


class NotDelivered(AssertionError):
    """The receiver did not get what was sent: the numbers would mean nothing."""


def measure(far_side: FarSide, rounds: int) -> Section:
    """The table."""
    api = ConnectionsApi(far_side.connections_url, REGION)
    boto3_post = boto3_poster(far_side.connections_url)
    contenders = [
        Contender("Parley, ConnectionsApi", lambda: CONNECTIONS, lambda ids: _all_of(api.post(ids, BODY).delivered)),
        Contender(f"boto3 client, {THREADS} threads", lambda: CONNECTIONS, lambda ids: boto3_post(ids, BODY)),
    ]
    for contender in contenders:
        far_side.arrived()
        contender.run(CONNECTIONS)
        if far_side.arrived().posts != len(CONNECTIONS):
            raise NotDelivered(contender.name)
    per_post = [each / len(CONNECTIONS) for each in median_cpu_us(contenders, rounds)]
    return Section(
        f"1. CPU per delivered post to @connections ({len(CONNECTIONS)} at once, {rounds} rounds)",
        ("way", "CPU µs", "share"),
        compared([each.name for each in contenders], per_post),
        (Target("Parley's share of boto3's CPU per post", per_post[0] / per_post[1], AT_MOST),),
    )


def _all_of(delivered: list[str]) -> None:
    if len(delivered) != len(CONNECTIONS):
        raise NotDelivered("Parley")
