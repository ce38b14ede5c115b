"""What a month costs, line by line, from what people do (`make cost`, docs/cost.md)."""
