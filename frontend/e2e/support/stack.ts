import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const REPOSITORY = join(import.meta.dirname, '../../..')
const START_TIMEOUT_MS = 60_000

/** What a deployment tells about itself, in the shape of `terraform output -json`. */
type Outputs = Record<string, { value: string } | undefined>

export interface Stack {
  siteUrl: string
  /** Ends the processes and keeps their state and their address, as a network does that is gone. */
  pause: () => Promise<void>
  resume: () => Promise<void>
  stop: () => Promise<void>
}

/** A local stack of its own, with empty tables; or the one that PARLEY_OUTPUTS names, which is never ended. */
export async function startStack(): Promise<Stack> {
  const given = process.env.PARLEY_OUTPUTS
  const nothing = async (): Promise<void> => undefined
  if (given) return { siteUrl: siteUrl(given), pause: nothing, resume: nothing, stop: nothing }

  const folder = mkdtempSync(join(tmpdir(), 'parley-browser-'))
  const outputs = join(folder, 'outputs.json')
  let stack = spawnStack(folder, outputs, '0')
  const pause = (): Promise<void> => end(stack)
  const stop = async (): Promise<void> => {
    await pause()
    rmSync(folder, { recursive: true, force: true })
  }
  const resume = async (): Promise<void> => {
    const { port } = new URL(siteUrl(outputs))
    rmSync(outputs)
    stack = spawnStack(folder, outputs, port)
    await until(() => existsSync(outputs), stack)
  }
  try {
    await until(() => existsSync(outputs), stack)
    return { siteUrl: siteUrl(outputs), pause, resume, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function spawnStack(folder: string, outputs: string, port: string): ChildProcess {
  const python = join(REPOSITORY, '.venv/bin/python')
  const state = join(folder, 'state')
  const options = ['--empty', '--port', port, '--state', state, '--outputs', outputs]
  return spawn(python, ['-m', 'local', ...options], {
    cwd: REPOSITORY,
    stdio: ['ignore', 'ignore', 'inherit'],
    // A few people write and open everything here, and faster than people do.
    env: { ...process.env, PARLEY_LIMIT_SENDS: '1000', PARLEY_LIMIT_CONNECTS: '1000' },
  })
}

function siteUrl(file: string): string {
  const outputs = JSON.parse(readFileSync(file, 'utf8')) as Outputs
  const url = outputs.site_url?.value
  if (!url) throw new Error(`${file} has no site_url`)
  return url
}

async function until(ready: () => boolean, stack: ChildProcess): Promise<void> {
  for (const deadline = Date.now() + START_TIMEOUT_MS; !ready(); await sleep(100)) {
    if (stack.exitCode !== null)
      throw new Error(`the local stack ended with code ${stack.exitCode}`)
    if (Date.now() > deadline) throw new Error('the local stack did not start in time')
  }
}

/** Ends a process that a test started: politely, and after ten seconds by force. */
export async function end(started: ChildProcess): Promise<void> {
  if (started.exitCode !== null) return
  const ended = new Promise((resolve) => started.once('exit', resolve))
  started.kill('SIGTERM')
  await Promise.race([ended, sleep(10_000)])
  if (started.exitCode === null) started.kill('SIGKILL')
}
