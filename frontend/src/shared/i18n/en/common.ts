export default {
  back: 'Back',
  cancel: 'Cancel',
  close: 'Close',
  dismiss: 'Dismiss',
  loading: 'Loading…',
  slow: 'This is taking longer than usual.',
  tryAgain: 'Try again',
  copied: 'Copied',
  share: 'Share',
  details: 'Details',
}
