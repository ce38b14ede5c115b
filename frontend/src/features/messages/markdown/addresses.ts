/** Quotation marks and signs that end an address wherever they stand: no browser leaves them as they are. */
const ENDS = '\\s<>"„“”«»‹›…、。，；：！？（）［］【】「」『』《》〈〉'
const ADDRESS = new RegExp(`^(?:https?:\\/\\/|www\\.(?=[^${ENDS}.]))[^${ENDS}]+`, 'iu')
/** Signs that belong to the sentence where an address ends with them. */
const LAST = /[.,:;!?'’‘‚*_~`|–—؟،؛-]$/u
const BRACKETS: Record<string, string> = { ')': '(', ']': '[', '}': '{' }

/** The address of the web that a text begins with, without the sentence's own signs after it. */
export function addressAt(text: string): string | undefined {
  let address = ADDRESS.exec(text)?.[0] ?? ''
  for (;;) {
    const last = address.at(-1) ?? ''
    const opening = BRACKETS[last]
    const isOver = opening ? count(address, last) > count(address, opening) : LAST.test(address)
    if (!isOver) break
    address = address.slice(0, -1)
  }
  const host = /^(?:https?:\/\/)?([^/?#]+)/i.exec(address)?.[1]
  return host && /[\p{L}\p{N}]/u.test(host) ? address : undefined
}

const count = (text: string, sign: string): number => text.split(sign).length - 1
