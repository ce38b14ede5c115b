export default {
  region: 'Messages',
  list: 'Conversation',
  loadEarlier: 'Load earlier messages',
  empty: 'No messages yet. Say hello!',
  beginning: 'This is where the room begins.',
  failed: 'The messages could not be loaded.',
  deleted: 'This message was deleted.',
  spoken: '{name}: {text}',
  code: 'Code',
  codeIn: 'Code in {language}',
  copyCode: 'Copy code',
  outbox: {
    sending: 'sending…',
    notSent: 'Not sent. {reason}',
    tooOld: 'It is too old to send.',
    discard: 'Discard',
  },
}
