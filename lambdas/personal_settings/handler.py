"""Remember what may disturb the caller."""

from shared.edge.outcomes import finish
from shared.edge.websocket import command
from shared.features.notifications.setting import set_notifications
from shared.features.notifications.wire import SetNotifications

handler = command(SetNotifications, set_notifications, finish)
