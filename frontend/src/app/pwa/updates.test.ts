import { beforeEach, describe, expect, it, vi } from 'vitest'
import { watchForUpdates } from './updates'

class FakeWorker extends EventTarget {
  state = 'installing'
  postMessage = vi.fn()
  is(state: string): void {
    this.state = state
    this.dispatchEvent(new Event('statechange'))
  }
}

class FakeRegistration extends EventTarget {
  waiting: FakeWorker | null = null
  installing: FakeWorker | null = null
  update = vi.fn(async () => undefined)
  finds(worker: FakeWorker): void {
    this.installing = worker
    this.dispatchEvent(new Event('updatefound'))
  }
}

class FakeWorkers extends EventTarget {
  controller: object | null = {}
  registration = new FakeRegistration()
  register = vi.fn(async () => this.registration)
}

describe('a new version', () => {
  let workers: FakeWorkers
  const ready = vi.fn<(changeOver: () => void) => void>()
  const reload = vi.fn()
  const watch = () => watchForUpdates(ready, workers as unknown as ServiceWorkerContainer, reload)

  beforeEach(() => {
    workers = new FakeWorkers()
    ready.mockClear()
    reload.mockClear()
  })

  it('is offered when it has been fetched, and taken when the person says so', async () => {
    await watch()
    const worker = new FakeWorker()
    workers.registration.finds(worker)
    expect(ready).not.toHaveBeenCalled()
    worker.is('installed')

    expect(ready).toHaveBeenCalledOnce()
    expect(worker.postMessage).not.toHaveBeenCalled()
    ready.mock.calls[0]![0]()
    expect(worker.postMessage).toHaveBeenCalledWith({ type: 'changeOver' })
    workers.dispatchEvent(new Event('controllerchange'))
    expect(reload).toHaveBeenCalledOnce()
  })

  it('that waits from an earlier visit is offered at once', async () => {
    workers.registration.waiting = new FakeWorker()
    await watch()

    expect(ready).toHaveBeenCalledOnce()
  })

  it('is not offered at the first visit, which has nothing old', async () => {
    workers.controller = null
    await watch()
    const worker = new FakeWorker()
    workers.registration.finds(worker)
    worker.is('installed')
    workers.dispatchEvent(new Event('controllerchange'))

    expect(ready).not.toHaveBeenCalled()
    expect(reload).not.toHaveBeenCalled()
  })
})
