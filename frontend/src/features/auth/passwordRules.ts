/** The rules of the user pool (infra/modules/identity), so that they can be shown as one types. */
export const RULES = {
  length: (password: string) => password.length >= 8,
  upper: (password: string) => /[A-Z]/.test(password),
  lower: (password: string) => /[a-z]/.test(password),
  digit: (password: string) => /\d/.test(password),
} as const

export type Rule = keyof typeof RULES
export const RULE_NAMES = Object.keys(RULES) as Rule[]

export function isGoodPassword(password: string): boolean {
  return RULE_NAMES.every((rule) => RULES[rule](password))
}
