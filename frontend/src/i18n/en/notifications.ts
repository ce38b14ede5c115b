export default {
  title: '{room} · Parley',
  body: '{name}: {text}',
  offer: 'Shall Parley tell you of new messages while you are looking elsewhere?',
  turnOn: 'Turn on notifications',
}
