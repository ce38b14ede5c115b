import { beforeEach, describe, expect, it, vi } from 'vitest'
import { reloadAfresh, watchForLostParts, watchForUpdates } from './updates'

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

describe('a part that is no longer there', () => {
  it('is told by the page', () => {
    const lost = vi.fn()
    watchForLostParts(lost)
    dispatchEvent(new Event('vite:preloadError'))

    expect(lost).toHaveBeenCalledOnce()
  })

  const reload = vi.fn()
  const unregister = vi.fn(async () => true)
  const afresh = (registration: object | undefined) =>
    reloadAfresh(
      { getRegistration: async () => registration } as unknown as ServiceWorkerContainer,
      reload,
    )

  beforeEach(() => {
    reload.mockClear()
    unregister.mockClear()
  })

  it('comes with the new version, which the worker that is waiting brings', async () => {
    const waiting = new FakeWorker()
    await afresh({ waiting, installing: null, update: async () => undefined, unregister })

    expect(waiting.postMessage).toHaveBeenCalledWith({ type: 'changeOver' })
    expect(reload).not.toHaveBeenCalled() // it does when the worker has taken over
  })

  it('comes with the new version also when its worker is still being installed', async () => {
    const installing = new FakeWorker()
    const done = afresh({ waiting: null, installing, update: async () => undefined, unregister })
    await new Promise((resolve) => setTimeout(resolve))
    installing.is('installed')
    await done

    expect(installing.postMessage).toHaveBeenCalledWith({ type: 'changeOver' })
  })

  it('comes from the server where the worker has nothing newer', async () => {
    await afresh({ waiting: null, installing: null, update: async () => undefined, unregister })

    expect(unregister).toHaveBeenCalledOnce()
    expect(reload).toHaveBeenCalledOnce()
  })

  it.each([
    ['no worker', undefined],
    ['no network', { update: () => Promise.reject(new TypeError('offline')) }],
  ])('is asked for again where there is %s', async (_, registration) => {
    await afresh(registration)

    expect(reload).toHaveBeenCalledOnce()
  })
})
