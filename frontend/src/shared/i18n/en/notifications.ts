export default {
  title: '{room} · Parley',
  body: '{name}: {text}',
  offer: 'Shall Parley tell you of new messages while you look elsewhere?',
  turnOn: 'Turn on notifications',
}
