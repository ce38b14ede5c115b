"""Signed calls to AWS without an SDK client.

botocore's generic client costs about as much CPU per call as everything else in a command together, and 120 ms at
each cold start. What Parley calls is three JSON APIs with fixed shapes, so a signer and a kept-alive connection do.
"""
