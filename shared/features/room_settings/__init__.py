"""What a room is called and how it works: its name, topic, description and rules, and whether it is archived."""
