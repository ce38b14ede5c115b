"""What can go wrong between a request and its answer, besides OSError.

They are not those of `http.client`: importing that takes the parser for e-mail along, 7 ms of each cold start.
"""


class HttpError(Exception):
    """The other side did not answer as HTTP/1.1 asks."""


class BadStatusLine(HttpError):
    """What arrived is no answer of HTTP/1.x."""


class IncompleteAnswer(HttpError):
    """The connection ended within an answer."""


class ClosedBeforeAnswer(HttpError):
    """The connection ended before the answer began: a kept connection that the other side had given up."""


class OutOfTurn(HttpError):
    """A request before the last answer was received, or an answer that nobody asked for."""
