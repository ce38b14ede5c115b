import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { expect, it } from 'vitest'
import { MAX_ROOM_NAME_CHARACTERS } from '@/api/types.gen'
import { createAppRouter } from '@/app/router'
import CreateRoomDialog from './CreateRoomDialog.vue'

const MOST = MAX_ROOM_NAME_CHARACTERS

/** What a browser makes of the field's rules. */
function isTaken(name: string): boolean {
  setActivePinia(createPinia())
  const dialog = mount(CreateRoomDialog, {
    global: {
      plugins: [createAppRouter()],
      stubs: { ModalDialog: { template: '<div><slot /></div>' } },
    },
  })
  const field = dialog.get<HTMLInputElement>('#room-name').element
  return (
    name.length <= field.maxLength &&
    new RegExp(`^(?:${field.getAttribute('pattern')})$`, 'v').test(name)
  )
}

it.each([
  ['one character', 'a', true],
  ['two', 'ab', true],
  ['as many as may be', 'a'.repeat(MOST), true],
  ['one more', 'a'.repeat(MOST + 1), false],
  ['as many emoji', '🌻'.repeat(MOST), true],
  ['one emoji more', '🌻'.repeat(MOST + 1), false],
  ['spaces around it, which are not sent', ` ${'a b'.repeat(26)} `, true],
  ['only spaces', '   ', false],
])('a name of %s', (_, name, expected) => {
  expect(isTaken(name)).toBe(expected)
})
