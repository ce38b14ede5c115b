export default {
  title: '{room} · Parley',
  body: '{name}: {text}',
  offer: 'Get notified about new messages when Parley is in the background?',
  turnOn: 'Turn on notifications',
}
