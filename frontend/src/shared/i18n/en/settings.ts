export default {
  title: 'Settings',
  open: 'Settings',
  theme: {
    title: 'Appearance',
    system: 'System',
    light: 'Light',
    dark: 'Dark',
  },
  language: {
    title: 'Language',
    system: 'Browser default',
    failed: 'Couldn’t load this language. Check your connection.',
  },
  notifications: {
    title: 'Notifications',
    what: 'Desktop notifications when Parley is in the background',
    denied: 'Notifications are blocked. Allow them for this site in your browser settings.',
    unsupported: 'This browser doesn’t support notifications.',
  },
  secondFactor: {
    title: 'Two-step verification',
    what: 'Require a code from an authenticator app when you sign in.',
    isOn: 'Two-step verification is on.',
    setUp: 'Set up',
    turnOff: 'Turn off',
    sure: 'Turn off two-step verification? Anyone with your password will be able to sign in.',
  },
  sessions: {
    title: 'Account',
    here: 'Sign out',
    everywhere: 'Sign out of all devices',
    sure: 'Sign out of all devices? Other devices may stay connected for up to an hour.',
    failed: 'Couldn’t sign you out. Check your connection and try again.',
  },
  app: {
    title: 'App',
    install: 'Install app',
    what: 'Open Parley in its own window, from your dock or home screen.',
  },
}
