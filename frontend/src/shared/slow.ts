/** After this time, in milliseconds, a person is told that something takes long, and may start it again. */
export const SLOW_MS = 2_000
