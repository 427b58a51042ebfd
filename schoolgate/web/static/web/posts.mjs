// Makes writing a post and doing one by hand easier; both work without it.

// Lengths, counted as each network counts. Where the browser cannot count graphemes the server's own figure stays.
const segments = typeof Intl !== 'undefined' && Intl.Segmenter ? new Intl.Segmenter(undefined, { granularity: 'grapheme' }) : null

const LINK = 23 // what an address counts on Mastodon's servers, or what it counts at least
const ADDRESS = /(?<![\w@/.])https?:\/\/[^\s<>"'“”‘’]+/gi
const ELSEWHERE = /(?<![\w@/])@([\w.-]*\w)@[a-z0-9-]+(?:\.[a-z0-9-]+)+/gi // only the name of @name@server counts

function withLinks (text, least) {
  return text.replace(ADDRESS, (found) => {
    const closing = found.match(found.includes('(') ? /[.,;:!?…]*$/ : /[.,;:!?…)]*$/)[0]
    const address = found.slice(0, found.length - closing.length)
    return (least ? address.padEnd(LINK, 'x') : 'x'.repeat(LINK)) + closing
  })
}

const BARE = /(?<![\w@.-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}\b(?:\/\S*)?/gi
const ONCE = /[\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]/ // of X's configuration: all other signs count twice
const EMOJI = /[\ufe0f\u20e3\u{1f000}-\u{1fbff}]/u

// As schoolgate/networks/weighing.py.
function weighed (text) {
  const plain = (words) => [...segments.segment(words)].reduce((sum, { segment }) => sum + (
    EMOJI.test(segment) ? 2 : [...segment].reduce((all, sign) => all + (ONCE.test(sign) ? 1 : 2), 0)), 0)
  const words = withLinks(text.normalize('NFC'), false)
  return plain(words) + (words.match(BARE) ?? []).reduce((sum, found) => sum + Math.max(0, LINK - plain(found)), 0)
}

export function lengthOf (text, unit) {
  const tidy = text.trim()
  if (unit === 'weighted characters') return segments ? weighed(tidy) : null
  if (unit === 'Mastodon characters') return lengthOf(withLinks(tidy, false).replace(ELSEWHERE, '@$1'), 'graphemes')
  if (unit === 'characters, links at least 23') return [...withLinks(tidy, true)].length
  if (unit === 'graphemes') return segments ? [...segments.segment(tidy)].length : null
  if (unit === 'UTF-16 units') return tidy.length
  if (unit === 'bytes') return new TextEncoder().encode(tidy).length
  return [...tidy].length
}

// The text by language, and what an account gets of both: in its order, with an empty line between.
function wordsOf (form) {
  const language = form.querySelector('input[name=language]:checked')?.value ?? 'en'
  return new Map([[language, form.querySelector('#id_text').value], [language === 'cy' ? 'en' : 'cy', form.querySelector('#id_other_text')?.value ?? '']])
}

function together (words, order) {
  const written = [...words.keys()].filter((each) => words.get(each).trim())
  const taken = order.split(',').filter((each) => written.includes(each))
  if (!taken.length) taken.push(...written.slice(0, 1))
  return taken.length === 1 ? words.get(taken[0]) : taken.map((each) => words.get(each).trim()).join('\n\n')
}

function count (form) {
  const words = wordsOf(form)
  for (const target of form.querySelectorAll('[data-target]')) {
    const place = target.querySelector('[data-count]')
    const own = target.querySelector('textarea')?.value.trim() ? target.querySelector('textarea').value : together(words, target.dataset.order)
    const length = lengthOf(own, target.dataset.unit)
    if (!place || length === null) continue
    place.textContent = length
    const over = length > Number(target.dataset.most) && !target.querySelector('input[name^=thread-]:checked')
    target.querySelector('.sg-target__count').classList.toggle('sg-target__count--over', over)
  }
}

// The text of its own is only offered for an account that is chosen; what was typed there stays in the form.
function reveal (form) {
  for (const target of form.querySelectorAll('[data-target]')) {
    const own = target.querySelector('.sg-target__own')
    if (own) own.hidden = !target.querySelector('input[type=checkbox]').checked && !own.querySelector('textarea').value
  }
}

// How many pupils is only asked, and only sent, where pupils can be seen.
function askPupils (form) {
  const place = form.querySelector('[data-pupils]')
  if (!place) return
  const pupils = Boolean(form.querySelector('input[name^="who-"][value=pupils]:checked'))
  place.hidden = !pupils
  place.querySelector('input').disabled = !pupils
}

// The row of a picture says what was answered about it.
function tell (form) {
  for (const row of form.querySelectorAll('.sg-pic')) {
    const seen = row.querySelector('input[name^="who-"]:checked')
    row.querySelector('[data-seen]').textContent = seen ? `: ${seen.labels[0].textContent.trim()}` : ''
    row.querySelector('.sg-pic__alt').textContent = row.querySelector('textarea[name^="alt-"]').value
  }
}

// A demand of the strip opens what is folded around its field, and goes there.
function goTo (id) {
  const target = document.getElementById(id)
  if (!target) return false
  for (let fold = target.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true
  const field = target.matches('input, select, textarea, summary') ? target : target.querySelector('input:not([type=hidden]), select, textarea, summary') || target
  target.scrollIntoView({ block: 'center' })
  field.focus({ preventScroll: true })
  return true
}

const form = document.querySelector('[data-write]')
if (form) {
  const look = () => {
    count(form)
    reveal(form)
    askPupils(form)
    tell(form)
  }
  // What is missing is asked again after each change: until the answer is there the list says so.
  const asks = () => document.getElementById('missing').setAttribute('aria-busy', 'true')
  for (const kind of ['input', 'change']) {
    form.addEventListener(kind, look)
    form.addEventListener(kind, asks)
  }
  form.addEventListener('htmx:beforeRequest', ({ detail }) => { if (detail.elt === form) asks() })
  form.addEventListener('htmx:afterRequest', ({ detail }) => { if (detail.elt === form) document.getElementById('missing').removeAttribute('aria-busy') })
  look()
  if (window.matchMedia('(min-width: 64em)').matches) document.getElementById('preview').open = true

  form.addEventListener('click', (event) => {
    const link = event.target.closest('#missing a[href^="#"]')
    if (link && goTo(link.hash.slice(1))) event.preventDefault()
  })

  // Choosing where to look for pupils changes nothing of the post.
  for (const kind of ['input', 'change']) {
    form.addEventListener(kind, (event) => {
      if (['id_from', 'id_find'].includes(event.target.id)) event.stopPropagation()
    }, true)
  }

  // A picture that is too large is told before it is sent over a telephone's connection.
  form.addEventListener('change', (event) => {
    const field = event.target
    if (!field.matches('[data-pictures]')) return
    const large = [...field.files].some((file) => file.size > Number(field.dataset.most))
    field.setCustomValidity(large ? field.dataset.tooLarge : '')
    if (!field.reportValidity()) { field.value = ''; event.stopImmediatePropagation() }
  }, true)

  // What is wrong with a picture comes with status 422, and belongs on the page.
  document.addEventListener('htmx:beforeSwap', (event) => {
    if (event.detail.xhr.status === 422 && event.detail.target.id === 'pictures') {
      event.detail.shouldSwap = true
      event.detail.isError = false
    }
  })
  // Of several pictures one is open at a time.
  form.addEventListener('toggle', ({ target }) => {
    if (!target.open || !target.matches('.sg-pic__say')) return
    for (const other of form.querySelectorAll('.sg-pic__say[open]')) if (other !== target) other.open = false
  }, true)
  // Who has answered all about a picture by hand gets the next that wants something; by keyboard nothing moves.
  const wants = (row) => !row.querySelector('textarea[name^="alt-"]').value.trim() || !row.querySelector('input[name^="who-"]:checked')
  form.addEventListener('click', ({ target, detail }) => {
    const row = detail && target.closest('.govuk-radios__item')?.closest('.sg-pic')
    if (row) {
      requestAnimationFrame(() => {
        const next = !wants(row) && [...form.querySelectorAll('.sg-pic')].find(wants)
        if (!next) return
        next.querySelector('.sg-pic__say').open = true
        next.querySelector('textarea[name^="alt-"]').focus({ preventScroll: true })
        next.scrollIntoView({ block: 'start' })
      })
    }
  })
  // Who goes on writing while pictures are on their way keeps the cursor.
  let writes = false
  form.addEventListener('input', ({ isTrusted, target }) => {
    if (isTrusted && target.type !== 'file' && document.getElementById('id_pictures-said')?.textContent) writes = true
  })
  // Once a picture is there it wants its description; one that was moved stays under the finger. The policy is asked again.
  document.addEventListener('htmx:afterSwap', (event) => {
    if (event.detail.target.id === 'people-part') goTo(document.querySelector('#people-part [autofocus]')?.id ?? 'people-part')
    if (['pupils-chosen', 'people-part'].includes(event.detail.target.id)) form.dispatchEvent(new Event('change', { bubbles: true }))
    if (event.detail.target.id !== 'pictures') return
    const place = document.getElementById('pictures')
    const wanting = [...place.querySelectorAll('textarea[name^="alt-"]')].find((field) => !field.value.trim())
    const next = place.querySelector('[autofocus]') || (!writes && wanting)
    if (next) next.focus()
    writes = false
    place.querySelector('[data-add-pictures]')?.toggleAttribute('hidden', true)
    form.dispatchEvent(new Event('change', { bubbles: true }))
  })
  form.querySelector('[data-add-pictures]')?.toggleAttribute('hidden', true)
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
