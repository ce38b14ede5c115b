"""Check the whole deployment from outside."""

from shared.edge.schedule import scheduled
from shared.features.canary.service import check

handler = scheduled(check)
