export default {
  title: 'Settings',
  open: 'Settings',
  theme: {
    title: 'Appearance',
    system: 'As the system',
    light: 'Light',
    dark: 'Dark',
  },
  language: {
    title: 'Language',
    system: 'As the browser',
    failed: 'The language could not be loaded. Check your connection.',
  },
  notifications: {
    title: 'Notifications',
    what: 'A notification for each new message while Parley is not in view.',
    denied:
      'Your browser does not let Parley notify you. Allow it in the browser’s settings for this page.',
    unsupported: 'This browser has no notifications.',
  },
  secondFactor: {
    title: 'Two-step sign-in',
    what: 'Besides the password, signing in asks for a code that an app on your phone shows.',
    isOn: 'Two-step sign-in is on.',
    setUp: 'Set up',
    turnOff: 'Turn off',
    sure: 'Turn off two-step sign-in? Whoever has your password could then sign in as you.',
    done: 'Two-step sign-in is on from now.',
  },
  sessions: {
    title: 'Signed in as {name}',
    here: 'Sign out',
    everywhere: 'Sign out everywhere',
    sure: 'Sign out on all your devices? Devices that are connected at this moment may stay so for up to an hour.',
    failed: 'That did not work, so you are still signed in. Check your connection and try again.',
  },
  app: {
    title: 'App',
    install: 'Install Parley on this device',
    what: 'It then has a window and an icon of its own.',
  },
}
