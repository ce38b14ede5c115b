import { h, type VNodeChild } from 'vue'

/** Loaded when the first block of code in a known language is shown. */
const loading = () => import('./languages').then(({ lowlight }) => lowlight)
let lowlight: ReturnType<typeof loading> | undefined
type Part = ReturnType<Awaited<ReturnType<typeof loading>>['highlight']>['children'][number]

/** Code as coloured parts; undefined for a language that is not known. */
export async function highlight(code: string, language: string): Promise<VNodeChild[] | undefined> {
  lowlight ??= loading()
  const known = await lowlight
  if (!known.registered(language)) return undefined
  return known.highlight(language, code).children.map(toVNode)
}

function toVNode(node: Part): VNodeChild {
  if (node.type === 'text') return node.value
  if (node.type !== 'element') return null
  return h('span', { class: node.properties.className }, node.children.map(toVNode))
}
