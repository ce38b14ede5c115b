"""What the product does. Functions take a caller and a command and return an outcome; no AWS event is in sight."""
