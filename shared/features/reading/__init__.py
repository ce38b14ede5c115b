"""Reading: how far a person has read a room."""
