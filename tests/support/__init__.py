"""What tests of several kinds share: databases, faults, and a world that plays API Gateway."""
