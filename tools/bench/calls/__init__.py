"""AWS calls, units and dollars of each command."""
