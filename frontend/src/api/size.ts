const encoder = new TextEncoder()

/** The protocol counts bytes of UTF-8, not characters. */
export function utf8Bytes(text: string): number {
  return encoder.encode(text).length
}
