// The pages of a proposal's form: shows a detail as soon as the choice is made on which it depends, adds boxes for
// people, and saves what was typed when the page is left. Without this each comes with the next save.

const form = document.querySelector('[data-asks]')
const LONGEST_SAVING = 3000 // milliseconds a link waits for it

function chosen (name) {
  const fields = [...form.elements].filter((field) => field.name === name)
  return fields
    .filter((field) => !['checkbox', 'radio'].includes(field.type) || field.checked)
    .map((field) => field.value)
}

// Any one of the conditions is enough; within one, every choice has to be made.
function isAsked (conditions) {
  return conditions.some((condition) => Object.entries(condition)
    .every(([name, values]) => chosen(name).some((value) => values.includes(value))))
}

function look () {
  for (const part of form.querySelectorAll('[data-asked-if]')) {
    part.hidden = !isAsked(JSON.parse(part.dataset.askedIf))
  }
}

// What could not be saved is said where the last saving was told: nobody goes on writing in good faith.
function notSaved () {
  const place = document.querySelector('#saved')
  if (place) place.textContent = form.dataset.notSaved
}

// One more box for a person, on the spot.
function addBox (event) {
  const button = event.target.closest('.sg-person-more')
  if (!button) return
  event.preventDefault()
  const boxes = button.parentElement.querySelectorAll('.sg-person-box')
  const box = boxes[boxes.length - 1].cloneNode(true)
  const [select, label] = [box.querySelector('select'), box.querySelector('label')]
  select.value = ''
  select.id = `${boxes[0].querySelector('select').id}_${boxes.length + 1}`
  label.htmlFor = select.id
  label.querySelector('span').textContent = boxes.length + 1
  button.before(box)
  select.focus()
}

// Leaving by the browser's own buttons or by closing the page loses nothing.
function saveOnLeaving () {
  if (!changed || !form.dataset.save) return
  changed = false
  navigator.sendBeacon(form.dataset.save, new FormData(form))
}

// Leaving by a link saves first, so that the next page already shows what was typed.
async function saveThenFollow (event) {
  const link = event.target.closest('a[href]')
  if (!changed || !form.dataset.save || !link || link.target || link.origin !== location.origin) return
  if (link.hash || event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return
  event.preventDefault()
  changed = false
  const saving = fetch(form.dataset.save, { method: 'POST', body: new FormData(form), keepalive: true })
  await Promise.race([saving.catch(() => {}), new Promise((resolve) => setTimeout(resolve, LONGEST_SAVING))])
  location.assign(link.href)
}

let changed = false

if (form) {
  form.addEventListener('change', look)
  form.addEventListener('input', () => { changed = true })
  form.addEventListener('click', addBox)
  form.addEventListener('submit', () => { changed = false })
  window.addEventListener('pagehide', saveOnLeaving)
  document.addEventListener('click', saveThenFollow)
  look()
  form.addEventListener('htmx:responseError', notSaved)
  form.addEventListener('htmx:sendError', notSaved)
  document.addEventListener('htmx:beforeSwap', (event) => {
    if (event.detail.target.id !== 'saved') return
    // Another page came instead of the answer: one is no longer signed in.
    if (!event.detail.xhr.getResponseHeader('X-Saved')) {
      event.detail.shouldSwap = false
      notSaved()
    }
  })
}
