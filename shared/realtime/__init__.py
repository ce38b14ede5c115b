"""From an event that is published to a topic to the connections that subscribe to it."""
