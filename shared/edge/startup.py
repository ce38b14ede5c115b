"""Python's garbage collector pauses while a function is imported.

An import makes tens of thousands of objects that live as long as the process. The collector would look through all of
them again and again, and find nothing to free. So importing `shared.edge`, which every handler does first, pauses it;
the first invocation freezes what there is, which keeps later collections from looking at it, and resumes.
"""

import gc


class _Collector:
    is_paused = False


def pause_garbage_collection() -> None:
    """Until `resume_garbage_collection`, cycles of objects that nobody uses any more stay in memory."""
    gc.disable()
    _Collector.is_paused = True


def resume_garbage_collection() -> None:
    """Collect again, without the objects that exist now. Does nothing unless the collector was paused here."""
    if _Collector.is_paused:
        gc.freeze()
        gc.enable()
        _Collector.is_paused = False
