export default {
  title: 'Activity',
  titleUnread: 'Activity, {n} unread mention | Activity, {n} unread mentions',
  none: 'Nothing here yet',
  hint: 'When someone mentions you or reacts to your messages, you find it here.',
  mentioned: '{name} mentioned you in {room}',
  reacted: '{name} reacted {emoji} in {room}',
  more: 'Show more',
}
