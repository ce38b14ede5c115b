/** What can go wrong anywhere, in a person's words. */
export default {
  forbidden: 'You are not allowed to do that.',
  notFound: 'There is no such room, or you are not a member of it.',
  tooLarge: 'The message is too long.',
  rateLimited: 'That was too fast. Please try again in a moment.',
  signedOut: 'Your sign-in has ended. Please sign in again.',
  noAnswer: 'The server did not answer. Please try again.',
  unknown: 'Something went wrong. Please try again.',
  start: 'Parley could not start.',
}
