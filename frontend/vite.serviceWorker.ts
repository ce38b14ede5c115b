import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import type { Plugin } from 'vite'

const SOURCE = new URL('./src/app/pwa/sw.js', import.meta.url)
const PUBLIC = new URL('./public/', import.meta.url)

/**
 * Emits /sw.js: the service worker with the lists of files that it keeps: those that every start needs (the shell), and
 * the parts that are loaded when they are used.
 */
export function serviceWorker(always: string[]): Plugin {
  return {
    name: 'parley-service-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle)
      const first = new Set<string>()
      const add = (fileName: string): void => {
        const chunk = bundle[fileName]
        if (first.has(fileName) || !chunk) return
        first.add(fileName)
        if (chunk.type !== 'chunk') return
        chunk.imports.forEach(add)
        chunk.viteMetadata?.importedCss.forEach(add)
      }
      for (const chunk of chunks) {
        if (chunk.type !== 'chunk') continue
        if (chunk.isEntry || always.includes(chunk.name)) add(chunk.fileName)
      }
      const files = [...[...first].sort(), ...readdirSync(PUBLIC).sort()].map((name) => `/${name}`)
      const parts = chunks
        .map(({ fileName }) => fileName)
        .filter((name) => name.startsWith('assets/') && !first.has(name) && !name.endsWith('.map'))
        .sort()
        .map((name) => `/${name}`)
      const source = readFileSync(SOURCE, 'utf8')
      const version = createHash('sha256').update(source).update(files.join())
      // Everything counts: the names of what was built are hashes of what it holds.
      for (const name of Object.keys(bundle).sort()) version.update(name)
      for (const name of readdirSync(PUBLIC).sort())
        version.update(readFileSync(new URL(name, PUBLIC)))
      const shell = JSON.stringify({ version: version.digest('hex').slice(0, 12), files, parts })
      this.emitFile({
        type: 'asset',
        fileName: 'sw.js',
        source: `const SHELL = ${shell}\n${source}`,
      })
    },
  }
}
