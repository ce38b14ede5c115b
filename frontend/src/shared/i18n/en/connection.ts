export default {
  offline: 'You’re offline. Messages will send when you reconnect.',
  reconnecting: 'Reconnecting…',
  retryNow: 'Retry now',
  needsNetwork: 'You’re offline. This isn’t available until you reconnect.',
}
