export default {
  back: 'Back',
  cancel: 'Cancel',
  close: 'Close',
  dismiss: 'Dismiss',
  loading: 'Loading…',
  tryAgain: 'Try again',
  copy: 'Copy',
  copied: 'Copied',
  save: 'Save',
  on: 'On',
  off: 'Off',
}
