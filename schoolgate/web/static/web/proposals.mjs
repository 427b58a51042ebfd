// The pages of a proposal's form: shows a detail as soon as the choice is made on which it depends, and adds boxes for
// people. Without this both come with the next save.

const form = document.querySelector('[data-asks]')

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

// What could not be saved is said where the last saving was told.
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

if (form) {
  form.addEventListener('change', look)
  form.addEventListener('click', addBox)
  look()
  form.addEventListener('htmx:responseError', notSaved)
  form.addEventListener('htmx:sendError', notSaved)
  document.addEventListener('htmx:beforeSwap', (event) => {
    if (event.detail.target.id !== 'saved') return
    // Another page came instead of the answer: the person is no longer signed in.
    if (!event.detail.xhr.getResponseHeader('X-Saved')) {
      event.detail.shouldSwap = false
      notSaved()
    }
  })
}
