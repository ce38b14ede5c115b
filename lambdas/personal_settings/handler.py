"""Remember what the caller wants of a room for themselves."""

from shared.edge.outcomes import finish
from shared.edge.websocket import command, routes
from shared.features.notifications.setting import hide_room, set_notifications
from shared.features.notifications.wire import HideRoom, SetNotifications

handler = routes(
    setNotifications=command(SetNotifications, set_notifications, finish),
    hideRoom=command(HideRoom, hide_room, finish),
)
