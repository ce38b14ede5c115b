/** Every close code that this app sends or can receive (RFC 6455, 7.4; API Gateway uses the same numbers). */
export enum CloseCode {
  Normal = 1000,
  /** Idle for ten minutes, two hours old, or the platform is going away. */
  GoingAway = 1001,
  BinaryFrame = 1003,
  /** The connection was lost, or the handshake refused: a browser cannot tell which. */
  Abnormal = 1006,
  TooLarge = 1009,
  /** Ours: nothing was heard although something was asked. */
  Unresponsive = 4000,
}
