// Makes writing a post and doing one by hand easier; both work without it.

// Lengths, counted as each network counts. Where the browser cannot count graphemes the server's own figure stays.
const segments = typeof Intl !== 'undefined' && Intl.Segmenter ? new Intl.Segmenter(undefined, { granularity: 'grapheme' }) : null

function lengthOf (text, unit) {
  const tidy = text.trim()
  if (unit === 'graphemes') return segments ? [...segments.segment(tidy)].length : null
  if (unit === 'UTF-16 units') return tidy.length
  if (unit === 'bytes') return new TextEncoder().encode(tidy).length
  return [...tidy].length
}

function count (form) {
  const common = form.querySelector('#id_text').value
  for (const target of form.querySelectorAll('[data-target]')) {
    const place = target.querySelector('[data-count]')
    const own = target.querySelector('textarea').value
    const length = lengthOf(own.trim() ? own : common, target.dataset.unit)
    if (!place || length === null) continue
    place.textContent = length
    target.querySelector('.sg-target__count').classList.toggle('sg-target__count--over', length > Number(target.dataset.most))
  }
}

// The text of its own is only offered for an account that is chosen; what was typed there stays in the form.
function reveal (form) {
  for (const target of form.querySelectorAll('[data-target]')) {
    const own = target.querySelector('.sg-target__own')
    const chosen = target.querySelector('input[type=checkbox]').checked
    own.hidden = !chosen && !own.querySelector('textarea').value
  }
}

const form = document.querySelector('[data-write]')
if (form) {
  const later = form.querySelector('[data-shows]')
  const look = () => {
    count(form)
    reveal(form)
    document.getElementById(later.dataset.shows).hidden = !later.checked
  }
  form.addEventListener('input', look)
  form.addEventListener('change', look)
  look()

  // A picture that is too large is told before it is sent over a telephone's connection.
  form.addEventListener('change', (event) => {
    const field = event.target
    if (field.id !== 'id_picture') return
    const file = field.files[0]
    field.setCustomValidity(file && file.size > Number(field.dataset.most) ? field.dataset.tooLarge : '')
    if (!field.reportValidity()) { field.value = ''; event.stopImmediatePropagation() }
  }, true)

  // What is wrong with a picture comes with status 422, and belongs on the page.
  document.addEventListener('htmx:beforeSwap', (event) => {
    if (event.detail.xhr.status === 422 && event.detail.target.id === 'picture-chosen') {
      event.detail.shouldSwap = true
      event.detail.isError = false
    }
  })
  // Once the picture is there the policy is asked again.
  document.addEventListener('htmx:afterSwap', (event) => {
    if (event.detail.target.id === 'picture-chosen') form.dispatchEvent(new Event('change', { bubbles: true }))
  })
}

for (const box of document.querySelectorAll('[data-copy]')) {
  const field = box.querySelector('textarea')
  const button = box.querySelector('[data-copy-button]')
  if (!navigator.clipboard) continue
  button.hidden = false
  const label = button.textContent
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(field.value)
      button.textContent = button.dataset.done
      setTimeout(() => { button.textContent = label }, 2500)
    } catch { field.select() }
  })
}
