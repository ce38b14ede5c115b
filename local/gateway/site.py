"""The built app, the fallback that a single-page app needs, and `/config.json`: where everything is."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aiohttp import hdrs, web

_FOR_EVER = "public, max-age=31536000, immutable"
_NEVER = "no-store"
_NOT_BUILT = "The app is not built yet. `make local` builds it; `make dev` serves it from its sources.\n"


class Site:
    """Serves one folder, which may not exist yet."""

    def __init__(self, folder: Path, config: Mapping[str, Any]) -> None:
        self._folder = folder.resolve()
        self._config = dict(config)

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
            return web.FileResponse(file, headers={hdrs.CACHE_CONTROL: _FOR_EVER if lasting else "no-cache"})
        if path.startswith("assets/"):
            raise web.HTTPNotFound
        index = self._folder / "index.html"
        if not index.is_file():
            return web.Response(status=503, text=_NOT_BUILT)
        return web.FileResponse(index, headers={hdrs.CACHE_CONTROL: _NEVER})
