// A refresh never takes back what a person has just typed or chosen. The server answers to the fields as they were when
// the request left: what was changed since, what the request didn't carry, and files, which no answer can bring, stay.
// A tick stays only beside the same words: nobody confirms what they haven't read.

let turn = 0
const changed = new WeakMap() // field -> the turn at which a person changed it
const left = new WeakMap() // request -> the turn at which it left
const kept = new WeakMap() // request -> fields that its answer must not take back

const isTick = (field) => field.type === 'checkbox' || field.type === 'radio'
const sameName = (form, field) => [...form.elements].filter((other) => other.name === field.name && other.type === field.type)

function wordsOf (field) {
  const ids = (field.getAttribute('aria-describedby') ?? '').split(/\s+/)
  const beside = ids.map((id) => document.getElementById(id)).filter((one) => one && !one.matches('.govuk-error-message'))
  return [field.closest('fieldset')?.querySelector('legend'), ...(field.labels ?? []), ...beside].map((one) => one?.textContent.trim()).join('|')
}

function stays (field, { xhr, requestConfig }) {
  const at = changed.get(field)
  if (at === undefined) return false
  const carried = requestConfig.verb !== 'get' && requestConfig.formData.has(field.name)
  if (field.type === 'file') return field.files.length > 0 && (!carried || xhr.status >= 400 || at > left.get(xhr))
  return at > left.get(xhr) || !carried
}

function note (field) {
  const { form, name, type, value, checked, files } = field
  return {
    field, form, name, type, value, checked, files, at: changed.get(field), place: sameName(form, field).indexOf(field),
    words: isTick(field) ? wordsOf(field) : '',
    caret: field === document.activeElement && type !== 'file' && !isTick(field) ? field.selectionEnd : null
  }
}

function put (one) {
  const form = one.form.isConnected ? one.form : one.form.id && document.getElementById(one.form.id)
  if (!form) return
  const there = sameName(form, one)
  const field = isTick(one) ? there.find((other) => other.value === one.value) : there[one.place]
  if (!field || field === one.field || (isTick(one) && wordsOf(field) !== one.words)) return
  changed.set(field, one.at)
  const differs = isTick(one) ? field.checked !== one.checked : field.value !== one.value
  if (!differs) return
  if (isTick(one)) field.checked = one.checked
  else if (one.type === 'file') field.files = one.files
  else field.value = one.value
  if (one.caret !== null && field === document.activeElement) field.setSelectionRange(one.caret, one.caret)
  if (one.type !== 'file') field.dispatchEvent(new Event('input', { bubbles: true }))
}

export function startRefreshes () {
  for (const kind of ['input', 'change']) {
    document.addEventListener(kind, ({ target }) => { if (target.form && target.name) changed.set(target, ++turn) }, true)
  }
  document.addEventListener('htmx:beforeRequest', ({ detail }) => left.set(detail.xhr, turn))
  document.addEventListener('htmx:beforeSwap', ({ detail }) => {
    const fields = [...document.forms].flatMap((form) => [...form.elements])
    kept.set(detail.xhr, fields.filter((field) => field.name && stays(field, detail)).map(note))
  })
  document.addEventListener('htmx:afterSwap', ({ detail }) => {
    const fields = kept.get(detail.xhr) ?? []
    kept.delete(detail.xhr)
    for (const one of fields) if (!one.field.isConnected) put(one)
  })
}
