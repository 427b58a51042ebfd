// Pictures are made smaller before they are sent, and can be cropped, turned and blurred first.
// For every input[type=file][data-pictures]; the form works without it. Nothing is kept: no storage, no address of a file.
import { edit, forget } from './picture-editor.mjs'
import { LONGEST_EDGE, draw, fileOf, open } from './picture-drawing.mjs'
import { inPieces } from './upload.mjs'

const FIELD = 'input[type=file][data-pictures]'
const SMALL = 4_000_000 // bytes: a drawing (PNG) up to this size is sent as it is

// A telephone's picture is drawn again: smaller, upright, and without the place where it was taken.
async function smaller (file) {
  let picture
  try { picture = await open(file) } catch { return file } // the server says what is wrong with it
  const fits = Math.max(picture.width, picture.height) <= LONGEST_EDGE
  const canvas = draw(picture)
  picture.close()
  const drawn = fits && file.type === 'image/png' && file.size <= SMALL ? file : await fileOf(canvas, file)
  canvas.width = canvas.height = 0
  return drawn
}

async function put (field, files) {
  if (field.dataset.pieces && await sent(field, files)) return
  const held = new DataTransfer()
  for (const file of files) held.items.add(file)
  field.files = held.files
  field.dataset.ready = ''
  field.dispatchEvent(new Event('change', { bubbles: true }))
}

// Where the page says where to, the pictures go there in pieces, and the form then only names them. Where that is not
// taken, the form sends the files themselves.
async function sent (field, files) {
  const mine = field.dataset.sending = String(Number(field.dataset.sending ?? 0) + 1)
  const wanted = () => field.isConnected && field.dataset.sending === mine
  const token = field.form.querySelector('input[name=csrfmiddlewaretoken]').value
  const keys = []
  for (const file of files) {
    const told = (part) => say(field, field.dataset.part.replace('{percent}', `${Math.round(100 * (keys.length + part) / files.length)}%`))
    const weak = () => say(field, field.dataset.weak)
    try { keys.push(await inPieces(file, { address: field.dataset.pieces, purpose: 'picture', token, told, weak, wanted })) } catch { break }
  }
  if (!wanted()) return true
  say(field, keys.length < files.length ? '' : field.dataset.readySoon)
  if (keys.length < files.length) return false
  for (const old of field.form.querySelectorAll('input[name=uploaded]')) old.remove()
  field.after(...keys.map((value) => Object.assign(document.createElement('input'), { type: 'hidden', name: 'uploaded', value })))
  field.value = '' // the browser lets go of the files
  field.dataset.ready = ''
  field.dispatchEvent(new Event('change', { bubbles: true }))
  return true
}

function say (field, text, button) {
  let place = document.getElementById(`${field.id}-said`)
  if (!place) {
    place = document.createElement('div')
    place.id = `${field.id}-said`
    place.className = 'sg-said'
    place.setAttribute('role', 'status')
    field.after(place)
  }
  place.replaceChildren(text, ...(button ? [button] : []))
}

function button (text, act) {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = 'govuk-button govuk-button--secondary'
  made.textContent = text
  made.addEventListener('click', act)
  return made
}

// Where the page sends the whole form at once, the chosen pictures are listed below the field, each with its button.
function list (field) {
  const id = `${field.id}-chosen`
  document.getElementById(id)?.remove()
  if (field.hasAttribute('hx-post') || !field.files.length || !document.getElementById('picture-editor')) return
  const box = document.createElement('div')
  box.id = id
  box.className = 'sg-buttons'
  for (const [place, file] of [...field.files].entries()) {
    const label = field.files.length > 1 ? `${field.dataset.edit} ${place + 1}` : field.dataset.edit
    box.append(button(label, async () => {
      const edited = await edit(file)
      if (edited) put(field, [...field.files].map((other) => other === file ? edited : other))
    }))
  }
  field.after(box)
}

document.addEventListener('change', async (event) => {
  const field = event.target
  if (!(field instanceof HTMLInputElement) || !field.matches(FIELD)) return
  if ('ready' in field.dataset) {
    delete field.dataset.ready
    list(field)
    return
  }
  if (!field.files.length || !window.createImageBitmap) return
  event.stopImmediatePropagation()
  const chosen = [...field.files]
  say(field, field.dataset.shrinking)
  const files = await Promise.all(chosen.map(smaller))
  if (!field.isConnected || [...field.files].some((file, place) => file !== chosen[place])) return
  say(field, field.dataset.readySoon)
  put(field, files)
}, true)

// A picture that the server already has: its button is only shown where it can work.
function showButtons (root) {
  if (!window.createImageBitmap || !window.HTMLDialogElement) return
  for (const found of root.querySelectorAll('[data-picture-edit]')) found.hidden = false
}
showButtons(document)
document.addEventListener('htmx:afterSwap', () => showButtons(document))

document.addEventListener('click', async (event) => {
  const asked = event.target.closest?.('[data-picture-edit]')
  if (!asked) return
  const field = document.getElementById(asked.dataset.for)
  try {
    const answer = await fetch(asked.dataset.pictureEdit)
    if (!answer.ok) throw new Error(answer.statusText)
    const edited = await edit(await answer.blob())
    if (!edited) { asked.focus(); return }
    // What is replaced is named, so that the picture before the edit is not kept.
    const replaces = field.form.querySelector('input[name=replaces]')
    if (replaces) replaces.value = asked.dataset.replaces ?? ''
    put(field, [edited])
  } catch { say(field, field.dataset.notSent) }
})

// On a weak line: what did not arrive is still in the field and is sent again, by a press or once the line is back.
function again (field) {
  const named = field.isConnected && field.form.querySelector('input[name=uploaded]')
  if (!field.isConnected || (!field.files.length && !named)) return
  say(field, '')
  if (!named) return put(field, [...field.files])
  field.dataset.ready = ''
  field.dispatchEvent(new Event('change', { bubbles: true }))
}
for (const name of ['htmx:sendError', 'htmx:timeout', 'htmx:responseError']) {
  document.addEventListener(name, (event) => {
    const field = event.target
    if (!field.matches?.(FIELD)) return
    say(field, field.dataset.notSent, button(field.dataset.again, () => again(field)))
    window.addEventListener('online', () => again(field), { once: true })
  })
}

window.addEventListener('pagehide', forget)

// A picture that is being read by the server: the page is asked again, as if something had been typed.
let asking = 0
function askAgain () {
  clearTimeout(asking)
  const waits = document.querySelector('[data-words-waiting]')
  if (waits) asking = setTimeout(() => waits.form?.dispatchEvent(new Event('change', { bubbles: true })), 3000)
}
askAgain()
for (const name of ['htmx:afterSwap', 'htmx:oobAfterSwap']) document.addEventListener(name, askAgain)
