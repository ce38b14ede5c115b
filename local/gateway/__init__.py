"""API Gateway's WebSocket API, as far as Parley relies on it, and the site beside it."""
