export default {
  typing: {
    one: '{name} is typing…',
    two: '{name} and {other} are typing…',
    many: 'Several people are typing…',
  },
  composer: {
    label: 'Message {room}',
    placeholder: 'Message {room}',
    send: 'Send',
    charactersLeft: '{n} character left | {n} characters left',
    tooLong: '{n} character over the limit | {n} characters over the limit',
  },
  welcome: {
    title: 'Welcome to Parley',
    choose: 'Select a room',
    chooseHint: 'Pick one on the left or press {keys}.',
    empty: 'Create a room for your team, or join one with an invite link.',
    create: 'Create a room',
    link: 'Paste an invite link',
    join: 'Open',
    notALink: 'That isn’t an invite link of this Parley.',
  },
  account: {
    signedInAs: 'Signed in as {name}',
    menu: 'Account of {name}',
    signOut: 'Sign out',
    signOutTitle: 'Sign out?',
    signOutText: 'Messages that haven’t been sent yet will be lost.',
    signOutPlain: 'You can sign in again at any time.',
  },
}
