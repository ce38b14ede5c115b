const isApple = /Mac|iPhone|iPad/.test(navigator.platform)

/** What the key that commands begin with is called on this device. */
export const MODIFIER = isApple ? '⌘' : 'Ctrl'
