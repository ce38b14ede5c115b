"""From a month's invocations to its bill."""

from collections.abc import Callable
from dataclasses import dataclass

from tools import function_files
from tools.cost import compute, prices
from tools.cost.commands import Command
from tools.cost.usage import DAYS, HOURS, Activity, Alarms, Usage, activities

GB = 1e9
LOG_BYTES_OF_AN_INVOCATION = 350
LOG_BYTES_OF_A_REQUEST = 450
"""One line of ours, and one of API Gateway's access log; Lambda's own lines are switched off."""
BYTES_OF_A_POST = 3000
"""Through the NAT gateway, both ways: the request's head holds a session token of about a kilobyte."""
BYTES_OF_A_FRAME = 600
BYTES_OF_A_STORED_MESSAGE = 1300
"""The message, the same in its index, and the week that its receipt stays."""
BYTES_OF_THE_APP = 400_000
"""For somebody who has none of it cached."""
MONTHLY_PER_DAILY_USER = 2
POLLS_A_MINUTE = 15
"""Of a queue that is empty: five pollers of Lambda's, each waiting 20 seconds."""
ALARM_METRICS: dict[Alarms, int] = {"essential": 7, "standard": 16}
"""That all alarms watch together (infra/modules/observability). Only queues, dead-letter queues and stream readers
have their own. `make test-infra` counts both in a plan."""
CANARY_METRICS = 2
"""Invocations and errors of the canary, where there is one."""
GATEWAYS = {"none": 0, "single": 1, "per_az": 2}


@dataclass(frozen=True)
class Line:
    """A quantity at a price. `free` of it costs nothing."""

    name: str
    quantity: float
    unit: str
    price: float
    free: float = 0

    @property
    def dollars(self) -> float:
        """A month."""
        return max(0.0, self.quantity - self.free) * self.price


def bill(usage: Usage) -> list[Line]:
    """A month's lines."""
    run = activities(usage)

    def total(of: Callable[[Command], float]) -> float:
        return sum(activity.times * of(activity.command) for activity in run)

    invocations = sum(activity.times for activity in run)
    posts = total(lambda command: command.posts)
    frames = total(lambda command: command.frames)
    http_requests = total(lambda command: command.http_requests)
    connected = _times(run, "connect") + _times(run, "disconnect")
    stored = usage.messages * DAYS * usage.kept * BYTES_OF_A_STORED_MESSAGE / GB
    logged = invocations * LOG_BYTES_OF_AN_INVOCATION + (frames / 2 + connected) * LOG_BYTES_OF_A_REQUEST
    queues = sum(function.trigger.queue is not None for function in function_files.read_all().values())
    polls = queues * POLLS_A_MINUTE * 60 * HOURS
    gateways = GATEWAYS[usage.nat]
    through_nat = posts * BYTES_OF_A_POST / GB if gateways else 0.0
    return [
        Line("WebSocket: messages", frames + posts, "messages", prices.WEBSOCKET_MESSAGE),
        Line("WebSocket: connections", usage.users * usage.hours * 60 * DAYS, "minutes", prices.CONNECTION_MINUTE),
        Line("HTTP API", http_requests, "requests", prices.HTTP_REQUEST),
        Line("Lambda: requests", invocations, "requests", prices.LAMBDA_REQUEST),
        Line("Lambda: time", total(compute.gb_seconds), "GB-s", prices.LAMBDA_GB_SECOND),
        Line("DynamoDB: reads", total(lambda command: command.read_units), "units", prices.READ_UNIT),
        Line("DynamoDB: writes", total(lambda command: command.write_units), "units", prices.WRITE_UNIT),
        Line("DynamoDB: storage", stored, "GB", prices.TABLE_GB_MONTH + prices.BACKUP_GB_MONTH),
        Line("SQS", polls + total(lambda command: command.queue_requests), "requests", prices.SQS_REQUEST),
        Line("CloudWatch: logs", logged / GB, "GB", prices.LOG_GB),
        Line(
            "CloudWatch: alarms", alarm_metrics(usage.alarms, canary=usage.canary > 0), "metrics", prices.ALARM_METRIC
        ),
        Line(
            "CloudFront",
            usage.users * DAYS * BYTES_OF_THE_APP / GB,
            "GB",
            prices.CLOUDFRONT_GB,
            prices.CLOUDFRONT_FREE_GB,
        ),
        Line(
            "Data to the internet",
            (frames / 2 + posts) * BYTES_OF_A_FRAME / GB,
            "GB",
            prices.DATA_OUT_GB,
            prices.DATA_OUT_FREE_GB,
        ),
        Line(
            "Cognito",
            usage.users * MONTHLY_PER_DAILY_USER,
            "users",
            prices.COGNITO_USER,
            prices.COGNITO_FREE_USERS,
        ),
        Line("NAT: gateways", gateways * HOURS, "hours", prices.NAT_HOUR),
        Line("NAT: data", through_nat, "GB", prices.NAT_GB),
        Line("Public IPv4", gateways * HOURS, "hours", prices.PUBLIC_IPV4_HOUR),
    ]


def alarm_metrics(alarms: Alarms, *, canary: bool) -> int:
    """How many metrics all alarms watch."""
    return ALARM_METRICS[alarms] + (CANARY_METRICS if canary else 0)


def _times(run: list[Activity], name: str) -> float:
    return sum(activity.times for activity in run if activity.name == name)


def shown(lines: list[Line]) -> str:
    """The bill as an aligned table."""
    rows = [
        f"{line.name:<24} {line.quantity:>15,.{1 if line.unit == 'GB' else 0}f} {line.unit:<9}"
        f" {_price(line):<24} {line.dollars:>9,.2f}"
        for line in lines
    ]
    head = f"{'a month':<24} {'quantity':>15} {'':<9} {'price':<24} {'dollars':>9}"
    total = f"{'sum':<24} {'':>15} {'':<9} {'':<24} {sum(line.dollars for line in lines):>9,.2f}"
    return "\n".join(each.rstrip() for each in [head, *rows, total])


def _price(line: Line) -> str:
    price = f"{line.price:.10f}".rstrip("0")
    if line.price < 5 * prices.MILLION:
        price = f"{line.price / prices.MILLION:.3f} per million"
    elif line.price == round(line.price, 2):
        price = f"{line.price:.2f}"
    return f"{price} after {line.free:,}" if line.free else price
