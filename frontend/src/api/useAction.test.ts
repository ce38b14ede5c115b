import { beforeEach, expect, it, vi } from 'vitest'
import { SLOW_MS } from '@/shared/slow'
import { useTask } from './useAction'

const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms)
beforeEach(() => void vi.useFakeTimers())

/** An action whose attempts are answered by hand. */
function task() {
  const attempts: { resolve: () => void; reject: (error: Error) => void }[] = []
  const act = () => new Promise<void>((resolve, reject) => void attempts.push({ resolve, reject }))
  return { attempts, ...useTask(act, (error) => String(error)) }
}

it('is done once, however often it is started', async () => {
  const { run, attempts, busy } = task()
  void run()
  void run()
  expect([attempts.length, busy.value]).toEqual([1, true])

  attempts[0]!.resolve()
  await settle()
  expect(busy.value).toBe(false)
})

it('that is slow says so, and may be started again', async () => {
  const { run, attempts, busy, slow, problem } = task()
  void run()
  await settle(SLOW_MS)
  expect(slow.value).toBe(true)

  void run()
  expect([attempts.length, slow.value]).toEqual([2, false])
  attempts[0]!.reject(new Error('late'))
  await settle()
  expect([busy.value, problem.value]).toEqual([true, undefined])

  attempts[1]!.resolve()
  await settle()
  expect([busy.value, slow.value, problem.value]).toEqual([false, false, undefined])
})

it('the first good answer counts, and no later failure', async () => {
  const { run, attempts, busy, problem } = task()
  void run()
  await settle(SLOW_MS)
  void run()
  attempts[0]!.resolve()
  await settle()
  expect(busy.value).toBe(false)

  attempts[1]!.reject(new Error('late'))
  await settle()
  expect(problem.value).toBeUndefined()
})

it('tells what went wrong', async () => {
  const { run, attempts, busy, problem } = task()
  void run()
  attempts[0]!.reject(new Error('no'))
  await settle()

  expect([busy.value, problem.value]).toEqual([false, 'Error: no'])
})
