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

/** Where a link leads, in a few characters; undefined when its text says so itself. */
export function hiddenHost(text: string, href: string): string | undefined {
  const { protocol, host, pathname } = new URL(href)
  const place = protocol === 'mailto:' ? decoded(pathname) : host
  const said = text.trim()
  if (said === place || isSame(said, href) || isSame(`https://${said}`, href)) return undefined
  return isSame(`http://${said}`, href) || isSame(`mailto:${said}`, href) ? undefined : place
}

function isSame(address: string, href: string): boolean {
  try {
    return new URL(address).href === href
  } catch {
    return false
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
