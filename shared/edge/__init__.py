"""From a Lambda event to a caller and a command, and from an outcome or an error to what AWS gets back."""

from shared.edge.startup import pause_garbage_collection

pause_garbage_collection()
