// Sends a file in pieces, by the core of the tus protocol: a line that breaks costs one piece, and the rest follows
// where it stopped. Nothing is kept in the browser: a page that is left forgets the file.
const PIECE = 256 * 1024
const WAITS = [1000, 2000, 4000, 8000, 15000] // milliseconds; then again and again until the page is left
const TUS = { 'Tus-Resumable': '1.0.0' }

export class Refused extends Error {} // the server's word about the file: sending it again changes nothing

const pause = (time) => new Promise((resolve) => {
  const done = () => { clearTimeout(timer); window.removeEventListener('online', done); resolve() }
  const timer = setTimeout(done, time)
  window.addEventListener('online', done)
})

async function call (address, method, token, headers = {}, body = undefined) {
  const answer = await fetch(address, {
    method, body, redirect: 'error', credentials: 'same-origin', headers: { ...TUS, 'X-CSRFToken': token, ...headers }
  })
  if (answer.status >= 500) throw new TypeError(answer.statusText)
  return answer
}

// Calls `act` until the line carries it; `weak` is told of each time it didn't.
async function insist (act, weak, wanted) {
  for (let tried = 0; ; tried++) {
    if (!wanted()) throw new Refused('')
    try { return await act() } catch (error) {
      if (error instanceof Refused) throw error
      weak()
      await pause(WAITS[Math.min(tried, WAITS.length - 1)])
    }
  }
}

// Returns the key under which the form names the file. `told(part)` is called with how much has arrived, from 0 to 1.
// `weak()`: the line broke and is tried again; `wanted()`: whether the page still wants it.
export async function inPieces (file, { address, purpose, token, told, weak, wanted }) {
  const begun = await insist(() => call(address, 'POST', token, {
    'Upload-Length': String(file.size), 'Upload-Metadata': `purpose ${btoa(purpose)}`
  }), weak, wanted)
  if (begun.status !== 201) throw new Refused(begun.status === 413 || begun.status === 429 ? await begun.text() : '')
  const place = begun.headers.get('Location')
  let offset = 0
  while (offset < file.size) {
    offset = await insist(() => next(place, token, file, offset), () => { weak(); offset = -1 }, wanted)
    told(offset / file.size)
  }
  return place.split('/').pop()
}

async function next (place, token, file, offset) {
  if (offset < 0) return there(await call(place, 'HEAD', token))
  const piece = file.slice(offset, offset + PIECE)
  const answer = await call(place, 'PATCH', token, {
    'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(offset)
  }, piece)
  if (answer.status === 423) throw new TypeError('busy')
  return there(answer)
}

function there (answer) {
  const offset = answer.headers.get('Upload-Offset')
  if (offset === null) throw new Refused('')
  return Number(offset)
}
