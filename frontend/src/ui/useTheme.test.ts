import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { useTheme } from './useTheme'

beforeEach(() => {
  delete document.documentElement.dataset.theme
  setActivePinia(createPinia())
})

it('follows the system until somebody chooses', () => {
  expect(useTheme().theme).toBe('system')
  expect(document.documentElement.dataset.theme).toBeUndefined()
})

it('shows and keeps a choice, and forgets it when the system may decide again', async () => {
  const theme = useTheme()
  theme.theme = 'dark'
  await nextTick()
  expect(document.documentElement.dataset.theme).toBe('dark')

  setActivePinia(createPinia())
  expect(useTheme().theme).toBe('dark')

  useTheme().theme = 'system'
  await nextTick()
  expect(document.documentElement.dataset.theme).toBeUndefined()
  expect(localStorage.getItem('parley.theme')).toBeNull()
})

it('takes no word that is not a theme', () => {
  localStorage.setItem('parley.theme', 'javascript:alert(1)')
  expect(useTheme().theme).toBe('system')
})
