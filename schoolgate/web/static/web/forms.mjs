// Nothing typed is lost: a draft of each form in this tab, a question before leaving, and focus kept after saving.
// A form with an address to save to (data-save) is saved instead when the page is left.
// Every form works without it. Drafts are only kept for people who are signed in (body[data-who]), in sessionStorage:
// they go with the tab, with signing out, and when another person signs in. Passwords, codes and files are never kept.

const DRAFT = 'sg-draft:'
const FOCUS = 'sg-focus'
const SIGNED_OUT = 'sg-signed-out'
const SIGN_OUT = '/sign-out'
const KEPT = 12 * 3600 * 1000
const LONGEST_SAVING = 3000 // milliseconds that a link waits for it
const NEVER = new Set(['password', 'file', 'hidden', 'submit', 'button', 'reset', 'image'])

const who = document.body.dataset.who
const words = JSON.parse(document.getElementById('sg-words')?.textContent ?? '{}').drafts ?? {}
const failed = !document.body.classList.contains('sg--inside') || document.querySelector('.govuk-error-summary, [data-refused]')
const changed = new Set()
let leaving = false

function drafts () {
  return Object.keys(sessionStorage).filter((key) => key.startsWith(DRAFT))
    .map((key) => [key, JSON.parse(sessionStorage.getItem(key))])
}

function fieldsOf (form) {
  return [...form.elements].filter((field) => field.name && !NEVER.has(field.type) && !field.closest('[aria-hidden="true"]') &&
    field.name !== 'csrfmiddlewaretoken' && field.autocomplete !== 'one-time-code' && field.dataset.secret === undefined)
}

const isText = (field) => field.tagName === 'TEXTAREA' || ['text', 'search', 'url', 'email', 'tel', 'number', 'date', 'time'].includes(field.type)
const valueOf = (field) => field.type === 'checkbox' || field.type === 'radio' ? field.checked : field.value
const placeOf = (fields, field) => `${field.name}:${fields.filter((other) => other.name === field.name).indexOf(field)}`

function valuesOf (form) {
  const fields = fieldsOf(form)
  return Object.fromEntries(fields.map((field) => [placeOf(fields, field), valueOf(field)]))
}

function isWritten (form) {
  return form.method === 'post' && !form.querySelector('input[type=password]') && fieldsOf(form).some(isText)
}

function keyOf (form) {
  const same = [...document.forms].filter((other) => other.action === form.action)
  return `${DRAFT}${location.pathname}|${new URL(form.action).pathname}|${same.indexOf(form)}`
}

function keep (form, sent = false) {
  if (!who) return
  try {
    sessionStorage.setItem(keyOf(form), JSON.stringify({ who, at: Date.now(), page: location.pathname + location.search, sent, values: valuesOf(form) }))
  } catch { /* the storage is full or forbidden: the question before leaving is left */ }
}

function restore (form, values) {
  const fields = fieldsOf(form)
  for (const field of fields) {
    const value = values[placeOf(fields, field)]
    if (value === undefined) continue
    if (typeof value === 'boolean') field.checked = value
    else field.value = value
  }
  for (const kind of ['input', 'change']) form.dispatchEvent(new Event(kind, { bubbles: true }))
}

function note (text, ...parts) {
  const box = document.createElement('div')
  box.className = 'sg-note sg-note--info sg-draft'
  box.setAttribute('role', 'status')
  const inner = document.createElement('div')
  const title = document.createElement('p')
  title.className = 'sg-note__title'
  title.textContent = text
  const row = document.createElement('div')
  row.className = 'sg-buttons'
  row.append(...parts)
  inner.append(title, row)
  box.append(inner)
  return box
}

function button (text, act) {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = 'govuk-button govuk-button--secondary'
  made.textContent = text
  made.addEventListener('click', act)
  return made
}

// A draft that was typed here before, and differs from what the form shows now.
function offer (form, key, draft) {
  const now = valuesOf(form)
  const differs = fieldsOf(form).some((field) => isText(field) && draft.values[placeOf(fieldsOf(form), field)]) &&
    Object.entries(draft.values).some(([place, value]) => place in now && now[place] !== value)
  if (!differs) { sessionStorage.removeItem(key); return }
  const box = note(words.found,
    button(words.restore, () => { box.remove(); restore(form, draft.values); changed.add(form); fieldsOf(form).find(isText).focus() }),
    button(words.discard, () => { box.remove(); sessionStorage.removeItem(key) }))
  form.before(box)
}

function lookForDrafts () {
  const forms = [...document.forms].filter(isWritten)
  for (const [key, draft] of drafts()) {
    if (who && (draft.who !== who || Date.now() - draft.at > KEPT)) { sessionStorage.removeItem(key); continue }
    if (draft.sent) {
      // It arrived if a page inside followed; otherwise it is offered again.
      if (!failed) { sessionStorage.removeItem(key); continue }
      sessionStorage.setItem(key, JSON.stringify({ ...draft, sent: false, interrupted: !who }))
    }
    if (!who) continue
    const form = forms.find((one) => keyOf(one) === key)
    if (form) offer(form, key, draft)
    else if (draft.interrupted && !failed) {
      const link = document.createElement('a')
      link.href = draft.page
      link.className = 'govuk-button govuk-button--secondary'
      link.textContent = words.back
      document.getElementById('main').prepend(note(words.interrupted, link))
      sessionStorage.setItem(key, JSON.stringify({ ...draft, interrupted: false }))
    }
  }
}

// After a form that leads back to its own page: to the same button or field, and to the same place.
function keepFocus (form, submitter) {
  const at = submitter ?? document.activeElement
  const buttons = [...document.querySelectorAll('button, input[type=submit]')]
  sessionStorage.setItem(FOCUS, JSON.stringify({
    page: location.pathname, y: scrollY, id: at?.id ?? '', action: new URL(form.action).pathname,
    name: at?.name ?? '', value: at?.value ?? '', place: buttons.indexOf(at)
  }))
}

function giveFocusBack () {
  const kept = JSON.parse(sessionStorage.getItem(FOCUS) ?? 'null')
  sessionStorage.removeItem(FOCUS)
  if (!kept || kept.page !== location.pathname || location.hash || document.querySelector('.govuk-error-summary')) return
  if (document.activeElement !== document.body) return // someone who is quicker than a slow line is somewhere already
  const said = document.querySelector('#main > .sg-note[role=status]')
  const same = (kept.id && document.getElementById(kept.id)) ||
    [...document.querySelectorAll('button, input[type=submit]')].find((one) => one.form &&
      new URL(one.form.action).pathname === kept.action && one.name === kept.name && one.value === kept.value)
  const stays = !document.body.classList.contains('sg--public') // a visitor reads the answer in its own place
  if (same && stays && !same.closest('details:not([open])')) { // one that is folded away takes no focus
    same.focus({ preventScroll: true })
    scrollTo({ top: kept.y, behavior: 'instant' })
    said?.classList.add('sg-note--follows')
  } else if (said) {
    said.tabIndex = -1
    said.focus()
  }
}

const savesItself = (form) => Boolean(form.dataset.save)

// The forms that are to be saved because the page is left.
function toSave () {
  const found = leaving ? [] : [...changed].filter(savesItself)
  for (const form of found) changed.delete(form)
  return found
}

// Leaving by a link saves first, so that the next page already shows what was typed.
async function saveThenFollow (event) {
  const link = event.target.closest('a[href]')
  if (!link || link.target || link.hash || link.origin !== location.origin) return
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return
  const saving = toSave().map((form) => fetch(form.dataset.save, { method: 'POST', body: new FormData(form), keepalive: true }))
  if (!saving.length) return
  event.preventDefault()
  await Promise.race([Promise.allSettled(saving), new Promise((resolve) => setTimeout(resolve, LONGEST_SAVING))])
  location.assign(link.href)
}

// A field is as high as what is written in it.
function grow (field) {
  while (field.scrollHeight > field.clientHeight && field.rows < 20) field.rows += 1
}

export function startForms () {
  document.addEventListener('input', ({ target }) => { if (target.matches('textarea')) grow(target) })
  for (const field of document.querySelectorAll('textarea')) grow(field)
  let waiting
  document.addEventListener('input', (event) => {
    const form = event.target.form
    if (!form || !event.isTrusted) return
    if (savesItself(form)) { changed.add(form); return }
    if (!isWritten(form)) return
    // A post is asked about whatever was changed.
    if (isText(event.target) || 'write' in form.dataset) changed.add(form)
    clearTimeout(waiting)
    waiting = setTimeout(() => { if (changed.has(form)) keep(form) }, 400)
  })
  // What was saved as it was written needs no question.
  document.addEventListener('htmx:afterRequest', (event) => {
    const form = event.target.closest?.('form')
    if (form && !savesItself(form) && event.detail.successful && event.detail.xhr.getResponseHeader('X-Saved')) {
      changed.delete(form)
      sessionStorage.removeItem(keyOf(form))
    }
  })
  document.addEventListener('submit', (event) => {
    const form = event.target
    // A date that was only half typed would be sent as none.
    const half = [...form.elements].find((field) => field.validity?.badInput)
    if (half) { event.preventDefault(); half.reportValidity(); return }
    if (event.defaultPrevented) return
    leaving = true
    clearTimeout(waiting)
    if (new URL(form.action).pathname === SIGN_OUT) {
      sessionStorage.clear()
      localStorage.setItem(SIGNED_OUT, String(Date.now()))
      return
    }
    if (form.method === 'post') keepFocus(form, event.submitter)
    if (isWritten(form)) keep(form, true)
  })
  addEventListener('storage', (event) => { if (event.key === SIGNED_OUT) sessionStorage.clear() })
  addEventListener('pageshow', (event) => { if (event.persisted) leaving = false })
  addEventListener('beforeunload', (event) => {
    if (!leaving && [...changed].some((form) => !savesItself(form))) event.preventDefault()
  })
  addEventListener('pagehide', () => {
    for (const form of toSave()) navigator.sendBeacon(form.dataset.save, new FormData(form))
  })
  document.addEventListener('click', saveThenFollow)
  giveFocusBack()
  lookForDrafts()
}
