export default {
  composer: {
    label: 'Message to {room}',
    placeholder: 'Write a message',
    send: 'Send',
    bytesLeft: '{n} byte left | {n} bytes left',
    tooLong: 'Too long by {n} byte | Too long by {n} bytes',
  },
  welcome: {
    title: 'Welcome to Parley',
    choose: 'Choose a room',
    chooseHint: 'Pick one from the list, or find it by its name.',
    empty: 'You are in no room yet. Create one, or open an invitation link.',
    create: 'Create a room',
  },
  account: { signedInAs: 'Signed in as {name}', signOut: 'Sign out' },
}
