import { ref, type Ref } from 'vue'
import { t } from '@/shared/i18n/i18n'

/**
 * What a browser has against the value of a field, in the app's language and beside the field: its own bubbles have the
 * browser's language and are gone after seconds. Bind `onInvalid` and `onInput`; the first such field gets the focus.
 */
export function useValidity(explain: (validity: ValidityState) => string): {
  complaint: Ref<string>
  onInvalid: (event: Event) => void
  onInput: () => void
} {
  const complaint = ref('')

  function onInvalid(event: Event): void {
    event.preventDefault()
    const field = event.target as HTMLInputElement
    complaint.value = field.validity.valueMissing
      ? t('auth.fields.required')
      : explain(field.validity)
    if (field.form?.querySelector(':invalid:not(fieldset)') === field) field.focus()
  }

  return { complaint, onInvalid, onInput: () => void (complaint.value = '') }
}
