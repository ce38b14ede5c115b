"""Health check: status and release."""
