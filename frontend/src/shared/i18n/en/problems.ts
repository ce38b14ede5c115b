/** What can go wrong anywhere, in a person's words. */
export default {
  forbidden: 'You don’t have permission to do that.',
  notFound: 'This room doesn’t exist or you don’t have access.',
  tooLarge: 'This message is too long.',
  invalid: 'The server didn’t accept this. Check what you entered and try again.',
  rateLimited: 'You’re going too fast. Try again in a moment.',
  signedOut: 'Your session expired. Sign in again.',
  noAnswer: 'The server isn’t responding. Try again.',
  unknown: 'Something went wrong. Try again.',
  start: 'Parley couldn’t load. Reload the page.',
}
