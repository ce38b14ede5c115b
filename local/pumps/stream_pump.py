"""From a DynamoDB stream to its function, in order, shard by shard.

https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
"""

import sys
from typing import Any

from botocore.exceptions import ClientError
from mypy_boto3_dynamodb import DynamoDBClient
from mypy_boto3_dynamodbstreams import DynamoDBStreamsClient

from local.emulation import aws
from local.invocation import InvocationFailed, Invoker
from local.pumps.checkpoints import Checkpoints
from local.pumps.pump import Pump
from local.pumps.queue_pump import failed_items
from tools.function_schema import Stream

_POLL_SECONDS = 0.2
_RETRY_SECONDS = 0.2
_STEPS_BETWEEN_DISCOVERIES = 25
_LOST_POSITION = ("TrimmedDataAccessException", "ValidationException", "ExpiredIteratorException")


class StreamPump(Pump):
    """A batch is repeated from the first failure that its function reports; where that raises, it is split in two.

    A record that still fails after the function's `maximum_retry_attempts` is dropped, with a line that says so.
    """

    def __init__(
        self,
        function: str,
        stream: Stream,
        invoker: Invoker,
        endpoint: str,
        prefix: str,
        checkpoints: Checkpoints,
    ) -> None:
        super().__init__(function)
        self._invoker = invoker
        self._table = f"{prefix}-{stream.table}"
        self._batch_size = stream.batch_size
        self._max_retries = stream.maximum_retry_attempts
        self._checkpoints = checkpoints
        self._dynamodb: DynamoDBClient = aws.client("dynamodb", endpoint)
        self._streams: DynamoDBStreamsClient = aws.client("dynamodbstreams", endpoint)
        self._arn = ""
        self._iterators: dict[str, str] = {}
        self._finished: set[str] = set()
        self._steps = 0

    def step(self) -> None:
        """What there is in every shard."""
        if self._steps % _STEPS_BETWEEN_DISCOVERIES == 0:
            self._discover()
        self._steps += 1
        for shard_id in list(self._iterators):
            self._read(shard_id)
        self.stopping.wait(_POLL_SECONDS)

    def _discover(self) -> None:
        self._arn = self._dynamodb.describe_table(TableName=self._table)["Table"]["LatestStreamArn"]
        shards = self._streams.describe_stream(StreamArn=self._arn)["StreamDescription"]["Shards"]
        open_or_unread = {shard["ShardId"]: shard.get("ParentShardId") for shard in shards}
        for shard_id, parent in open_or_unread.items():
            if shard_id in self._iterators or shard_id in self._finished:
                continue
            if parent in open_or_unread and parent not in self._finished:
                continue  # a child's records come after all of its parent's
            self._iterators[shard_id] = self._position(shard_id)

    def _position(self, shard_id: str) -> str:
        """An iterator after the last number that is done, or from the oldest record on."""
        done = self._checkpoints.get(self._arn, shard_id)
        if done is not None:
            try:
                return self._streams.get_shard_iterator(
                    StreamArn=self._arn,
                    ShardId=shard_id,
                    ShardIteratorType="AFTER_SEQUENCE_NUMBER",
                    SequenceNumber=done,
                )["ShardIterator"]
            except ClientError as error:
                if error.response["Error"]["Code"] not in _LOST_POSITION:
                    raise
        return self._streams.get_shard_iterator(
            StreamArn=self._arn, ShardId=shard_id, ShardIteratorType="TRIM_HORIZON"
        )["ShardIterator"]

    def _read(self, shard_id: str) -> None:
        try:
            page = self._streams.get_records(ShardIterator=self._iterators[shard_id], Limit=self._batch_size)
        except ClientError as error:
            if error.response["Error"]["Code"] not in _LOST_POSITION:
                raise
            self._iterators[shard_id] = self._position(shard_id)
            return
        records = [{**record, "eventSourceARN": self._arn} for record in page["Records"]]
        if records and not self._deliver(records, shard_id):
            return
        following = page.get("NextShardIterator")
        if following:
            self._iterators[shard_id] = following
        else:
            self._finished.add(shard_id)
            del self._iterators[shard_id]

    def _deliver(self, records: list[dict[str, Any]], shard_id: str) -> bool:
        """Whether all of them are done with; not if the pump is stopped before."""
        retries = 0
        while records:
            try:
                failed_at = self._invoke(records)
            except InvocationFailed:
                if len(records) > 1:
                    half = len(records) // 2
                    return self._deliver(records[:half], shard_id) and self._deliver(records[half:], shard_id)
                failed_at = 0
            if failed_at is None:
                self._checkpoints.set(self._arn, shard_id, _number(records[-1]))
                return True
            if failed_at > 0:
                records, retries = records[failed_at:], 0
            if retries == self._max_retries:
                print(f"{self.function}: dropped after {retries} retries: {_number(records[0])}", file=sys.stderr)
                self._checkpoints.set(self._arn, shard_id, _number(records[0]))
                records, retries = records[1:], 0
                continue
            retries += 1
            if self.stopping.wait(min(_RETRY_SECONDS * 2**retries, 5)):
                return False
        return True

    def _invoke(self, records: list[dict[str, Any]]) -> int | None:
        """The position of the first record that failed, or None. Raises InvocationFailed."""
        failed = failed_items(self._invoker.call_blocking(self.function, {"Records": records}))
        return next((at for at, record in enumerate(records) if _number(record) in failed), 0 if failed else None)


def _number(record: dict[str, Any]) -> str:
    return str(record["dynamodb"]["SequenceNumber"])
