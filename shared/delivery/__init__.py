"""From an event that was published to a topic to the connections that listen to it."""
