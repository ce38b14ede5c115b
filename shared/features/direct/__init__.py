"""Direct rooms: conversations of a fixed set of people, which nobody joins or leaves."""
