"""The built app, the fallback that a single-page app needs, and `/config.json`: where everything is."""

import functools
import gzip
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import hdrs, web

_FOR_EVER = "public, max-age=31536000, immutable"
_NEVER = "no-store"
# Python's own table of types does not know it everywhere, and browsers insist on it.
_TYPES = {".webmanifest": "application/manifest+json"}
_COMPRESSED = {".js": "text/javascript", ".css": "text/css"}
_NOT_BUILT = "The app is not built yet. `make local` builds it; `make dev` serves it from its sources.\n"


class Site:
    """Serves one folder, which may not exist yet."""

    def __init__(self, folder: Path, config: Mapping[str, Any]) -> None:
        self._folder = folder.resolve()
        self._config = dict(config)
        self._policy = content_security_policy(self._config)

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Take `/config.json` and every path that nothing else has taken."""
        router.add_get("/config.json", self._tell_config)
        router.add_get("/{path:.*}", self._serve)

    async def _tell_config(self, _: web.Request) -> web.Response:
        return web.json_response(self._config, headers={hdrs.CACHE_CONTROL: _NEVER})

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        file = (self._folder / path).resolve()
        if file.is_relative_to(self._folder) and file.is_file() and file.name != "index.html":
            # Vite puts a hash of the content into every name below assets/.
            lasting = file.is_relative_to(self._folder / "assets")
            headers: dict[str, str] = {hdrs.CACHE_CONTROL: _FOR_EVER if lasting else "no-cache"}
            if file.suffix in _COMPRESSED and "gzip" in request.headers.get(hdrs.ACCEPT_ENCODING, ""):
                # As CloudFront does, so that what is measured here is what people get.
                headers |= {hdrs.CONTENT_ENCODING: "gzip", hdrs.VARY: hdrs.ACCEPT_ENCODING}
                body = _gzipped(file, file.stat().st_mtime_ns)
                return web.Response(body=body, content_type=_COMPRESSED[file.suffix], charset="utf-8", headers=headers)
            if file.suffix in _TYPES:
                headers[hdrs.CONTENT_TYPE] = _TYPES[file.suffix]
            return web.FileResponse(file, headers=headers)
        if path.startswith("assets/"):
            raise web.HTTPNotFound
        index = self._folder / "index.html"
        if not index.is_file():
            return web.Response(status=503, text=_NOT_BUILT)
        policy = {"Content-Security-Policy": self._policy}
        return web.FileResponse(index, headers={hdrs.CACHE_CONTROL: _NEVER, **policy})


@functools.lru_cache(maxsize=128)
def _gzipped(file: Path, _modified: int) -> bytes:
    return gzip.compress(file.read_bytes())


def content_security_policy(config: Mapping[str, Any]) -> str:
    """What the page may do: as in infra/modules/site, so that what a deployment would refuse fails here first."""
    reached = [config[name] for name in ("websocketUrl", "httpApiUrl", "cognitoEndpoint") if config.get(name)]
    if config.get("hostedUiDomain"):
        reached.append(f"https://{config['hostedUiDomain']}")
    origins = ["{0.scheme}://{0.netloc}".format(urlsplit(url)) for url in reached]
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            f"connect-src 'self' {' '.join(origins)}",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )
