"""Who may talk to a server on loopback.

Any web page that a developer visits can send requests to 127.0.0.1. Its browser tells on it: by `Origin`, by
`Sec-Fetch-Site`, and, after DNS rebinding, by a foreign `Host`.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Origins:
    """The origins of the app, and the hosts under which a server may be addressed."""

    origins: frozenset[str]
    hosts: frozenset[str]

    def refusal(self, host: str | None, origin: str | None, fetch_site: str | None = None) -> str | None:
        """Why a request with these headers is refused, or None."""
        if host is None or host.lower() not in self.hosts:
            return "Host: this server is addressed as 127.0.0.1 or localhost only."
        if origin is not None and origin.lower() not in self.origins:
            return "Origin: no other site may use this server."
        if origin is None and fetch_site not in (None, "none", "same-origin"):
            return "Sec-Fetch-Site: no other site may use this server."
        return None


def names_of(port: int) -> frozenset[str]:
    """The hosts under which a port on loopback is addressed."""
    return frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})


def site_origins(port: int, app_origin: str | None) -> Origins:
    """For the site's own server: itself, and Vite's, whose proxy may keep its own Host."""
    extra = {app_origin} if app_origin else set()
    return Origins(
        frozenset({f"http://{name}" for name in names_of(port)} | extra),
        names_of(port) | {urlsplit(origin).netloc for origin in extra},
    )
