import { onMounted, watch, type Ref } from 'vue'

/** Grows a field with its text where the browser's `field-sizing` does not. The style sheet sets the limits. */
export function useFieldHeight(field: Ref<HTMLTextAreaElement | null>, text: Ref<string>): void {
  if (CSS.supports('field-sizing', 'content')) return
  const fit = () => {
    if (!field.value) return
    field.value.style.height = 'auto'
    field.value.style.height = `${field.value.scrollHeight}px`
  }
  onMounted(fit)
  watch(text, fit, { flush: 'post' })
}
