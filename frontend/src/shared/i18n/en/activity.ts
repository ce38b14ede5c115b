export default {
  title: 'Activity',
  none: 'Nothing here yet',
  hint: 'When someone mentions you or reacts to your messages, you find it here.',
  mentioned: '{name} mentioned you in {room}',
  reacted: '{name} reacted {emoji} in {room}',
  more: 'Show more',
}
