"""API Gateway's WebSocket and HTTP APIs, as far as Parley relies on them, and the site beside them."""
