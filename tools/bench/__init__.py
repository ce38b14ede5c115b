"""What a command costs, measured: `make bench`, or `python -m tools.bench` (docs/performance.md)."""
