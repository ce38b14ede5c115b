"""Every time budget of an invocation, in seconds, and how they fit into each other.

A command on the WebSocket, or a request to the HTTP API:

    29.0  API Gateway stops waiting for the answer.
    28.0  ANSWER: by then we have answered, if only with an error.
     3.0  CONFLICT: the time that one more attempt and its publication need. With less left, a lost race is not retried.
     2.0  HAND_OVER: the time that handing over to the queue needs. With less left, the rest of the posts go there.
     0.2  LEAST_CALL: the shortest time-out that a call to AWS gets.

A batch from a queue or a stream ends BATCH_MARGIN before Lambda kills it, and starts no record with less than RECORD
left: an invocation that is killed repeats its whole batch.

tests/unit holds these relations.
"""

GATEWAY = 29.0
"""https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html"""

ANSWER = 28.0

COMMAND_MARGIN = 1.0
"""Before Lambda's own time-out, where that is the shorter one."""

BATCH_MARGIN = 2.0
RECORD = 3.0
CONFLICT = 3.0
HAND_OVER = 2.0

CAPACITY = 1.0
"""With less left, what DynamoDB left unprocessed is not asked for again."""

CALL = 5.0
"""The longest that one call to DynamoDB, SQS, `@connections` or the key set may take."""

CREDENTIALS_CALL = 2.0
LEAST_CALL = 0.2

LAST_ATTEMPT = 2 * LEAST_CALL
"""With less left, a failed call to AWS is not made again."""
