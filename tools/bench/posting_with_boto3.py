"""Posting to `@connections` as it is usually written."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3

from tools.bench.surroundings import REGION

THREADS = 10


def boto3_poster(url: str) -> Callable[[Iterable[str], bytes], None]:
    """Posting with boto3's client, which is kept, in a pool of threads, which is kept."""
    client: Any = boto3.client("apigatewaymanagementapi", endpoint_url=url, region_name=REGION)
    pool = ThreadPoolExecutor(THREADS)

    def post(connection_ids: Iterable[str], body: bytes) -> None:
        def one(connection_id: str) -> None:
            client.post_to_connection(ConnectionId=connection_id, Data=body)

        for _ in pool.map(one, connection_ids):
            pass

    return post
