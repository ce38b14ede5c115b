import type { Plugin } from 'vite'

/**
 * Names chunks in index.html that are split off but needed at every start, so that they are fetched beside the entry
 * and not after it; but behind it where the line is narrow.
 */
export function preload(names: string[]): Plugin {
  return {
    name: 'parley-preload',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle = {} }) =>
        Object.values(bundle)
          .filter((chunk) => chunk.type === 'chunk' && names.includes(chunk.name))
          .map(({ fileName }) => ({
            tag: 'link',
            attrs: {
              rel: 'modulepreload',
              crossorigin: true,
              fetchpriority: 'low',
              href: `/${fileName}`,
            },
            injectTo: 'head' as const,
          })),
    },
  }
}
