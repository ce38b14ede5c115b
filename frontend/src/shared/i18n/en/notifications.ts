export default {
  title: '{room} · Parley',
  body: '{name}: {text}',
  offer: 'Get notified about new messages when Parley is in the background?',
  turnOn: 'Turn on notifications',
  room: 'Notifications',
  level: 'Notify me about',
  levels: {
    all: 'All messages',
    mentions: 'Mentions only',
    nothing: 'Nothing',
  },
  mute: 'Mute room',
  muteHint: 'Mentions are still counted. Applies to all your devices.',
  mutes: {
    off: 'Not muted',
    hour: 'For 1 hour',
    workday: 'For 8 hours',
    tomorrow: 'Until tomorrow morning',
    ever: 'Until I unmute it',
    set: 'Until {time}',
  },
}
