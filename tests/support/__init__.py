"""What tests of several kinds share: databases, faults, and a deployment that plays API Gateway."""
