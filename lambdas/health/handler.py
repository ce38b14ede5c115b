"""Say that the API answers, and which release it is."""

from shared.runtime.health import health
from shared.runtime.http import answer

handler = answer(health)
