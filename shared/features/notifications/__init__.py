"""What may disturb a person, room by room."""
