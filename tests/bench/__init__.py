"""What a command costs, measured: `make bench`, or `python -m tests.bench` (docs/performance.md)."""
