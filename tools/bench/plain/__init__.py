"""The message path as a competent user of PynamoDB and boto3 writes it: plain models, threads, pydantic's models.

The same guarantees as Parley's: the same consistent reads, transactions with the same conditions, the same posts, the
same replies, one log line. What is rare (a conflict, a retry, a gone connection, what does not fit into a page) is left
out here, in the baseline's favour. Each handler is in a module that imports what it needs, as its Lambda would.
"""
