// Shows a detail of the form as soon as the choice is made on which it depends. Without this it comes with the next save.

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

// What could not be saved is said where the last saving was told: nobody goes on writing in good faith.
function notSaved () {
  const place = document.querySelector('#saved [role=status]')
  if (place) place.textContent = form.dataset.notSaved
}

if (form) {
  form.addEventListener('change', look)
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
