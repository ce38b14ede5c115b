"""Faults, and the places in the stack where they are put in."""
