export default {
  offline: 'Offline. Messages will be sent when you are back.',
  reconnecting: 'Reconnecting…',
  retryNow: 'Retry now',
}
