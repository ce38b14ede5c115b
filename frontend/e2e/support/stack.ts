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
  stop: () => Promise<void>
}

/** A local stack of its own, with empty tables; or the one that PARLEY_OUTPUTS names. */
export async function startStack(): Promise<Stack> {
  const given = process.env.PARLEY_OUTPUTS
  if (given) return { siteUrl: siteUrl(given), stop: async () => undefined }

  const folder = mkdtempSync(join(tmpdir(), 'parley-browser-'))
  const outputs = join(folder, 'outputs.json')
  const python = join(REPOSITORY, '.venv/bin/python')
  const stack = spawn(
    python,
    [
      '-m',
      'local',
      '--empty',
      '--port',
      '0',
      '--state',
      join(folder, 'state'),
      '--outputs',
      outputs,
    ],
    {
      cwd: REPOSITORY,
      stdio: ['ignore', 'ignore', 'inherit'],
      // A few people write and open everything here, and faster than people do.
      env: { ...process.env, PARLEY_LIMIT_SENDS: '1000', PARLEY_LIMIT_CONNECTS: '1000' },
    },
  )
  const stop = async (): Promise<void> => {
    await end(stack)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await until(() => existsSync(outputs), stack)
    return { siteUrl: siteUrl(outputs), stop }
  } catch (error) {
    await stop()
    throw error
  }
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

async function end(stack: ChildProcess): Promise<void> {
  if (stack.exitCode !== null) return
  const ended = new Promise((resolve) => stack.once('exit', resolve))
  stack.kill('SIGTERM')
  await Promise.race([ended, sleep(10_000)])
  if (stack.exitCode === null) stack.kill('SIGKILL')
}
