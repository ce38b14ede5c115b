import { expect, it } from 'vitest'
import { isGoodPassword, RULE_NAMES, RULES } from './passwordRules'

it.each([
  ['', []],
  ['abc', ['lower']],
  ['Abcdefgh', ['length', 'upper', 'lower']],
  ['Quite-secret-1', ['length', 'upper', 'lower', 'digit']],
])('the rules that %j meets', (password, met) => {
  expect(RULE_NAMES.filter((rule) => RULES[rule](password))).toEqual(met)
  expect(isGoodPassword(password)).toBe(met.length === RULE_NAMES.length)
})
