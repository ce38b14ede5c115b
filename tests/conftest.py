"""The names of the tables are fixed when the models are imported, so they are said before anything else is."""

import os

os.environ.setdefault("PARLEY_TABLE_PREFIX", "parley-test")
os.environ.setdefault("AWS_REGION", "us-east-1")
