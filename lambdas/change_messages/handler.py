"""Edit, delete, pin and react to messages."""

from shared.edge.outcomes import finish
from shared.edge.websocket import command, routes
from shared.features.changes.deleting import delete
from shared.features.changes.editing import edit
from shared.features.changes.pinning import pin
from shared.features.changes.reacting import react
from shared.features.changes.wire import DeleteMessage, EditMessage, React
from shared.features.pins.wire import PinMessage

handler = routes(
    editMessage=command(EditMessage, edit, finish),
    deleteMessage=command(DeleteMessage, delete, finish),
    react=command(React, react, finish),
    pinMessage=command(PinMessage, pin, finish),
)
