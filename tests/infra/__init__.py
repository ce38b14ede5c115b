"""Tests of `infra/`: static checks, and a real apply against an emulated AWS account (`make test-infra`)."""
