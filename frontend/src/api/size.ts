const encoder = new TextEncoder()

/** The protocol counts bytes of UTF-8, not characters. */
export function utf8Bytes(text: string): number {
  return encoder.encode(text).length
}

/** How many characters at the end of a text have at least so many bytes. */
export function charactersBeyond(text: string, bytes: number): number {
  let count = 0
  for (const character of [...text].reverse()) {
    if (bytes <= 0) break
    bytes -= utf8Bytes(character)
    count++
  }
  return count
}
