const PROTOCOLS = ['http:', 'https:', 'mailto:']

/** The address of a link that may be followed: complete, and of a kind that runs nothing. */
export function safeHref(href: string): string | undefined {
  try {
    const url = new URL(href)
    return PROTOCOLS.includes(url.protocol) ? url.href : undefined
  } catch {
    return undefined
  }
}

/** The host that a link leads to, if its text names another one; undefined when the text is honest. */
export function hiddenHost(text: string, href: string): string | undefined {
  const url = new URL(href)
  if (url.protocol === 'mailto:') return undefined
  const named = /^(?:https?:\/\/)?([^\s/?#]+\.[^\s/?#]+)/i.exec(text.trim())?.[1]
  if (named === undefined) return undefined
  return hostOf(named) === url.host ? undefined : url.host
}

function hostOf(name: string): string | undefined {
  try {
    return new URL(`https://${name}`).host
  } catch {
    return undefined
  }
}
