"""Say that the API answers, and which release it is."""

from shared.edge.http import answer
from shared.features.health.service import health

handler = answer(health)
