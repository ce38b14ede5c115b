"""Remember what may disturb the caller."""

from shared.edge.outcomes import finish
from shared.edge.websocket import command, routes
from shared.features.notifications.setting import set_notifications
from shared.features.notifications.wire import SetNotifications

handler = routes(
    setNotifications=command(SetNotifications, set_notifications, finish),
)
