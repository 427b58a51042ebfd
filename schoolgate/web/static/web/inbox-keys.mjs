// Keys of the inbox: j and k move, r replies, t takes, x chooses, / searches, u goes back, ? shows them all.
// They can be switched off on each device (WCAG 2.1.4), and do nothing in a field or with a modifier.
const place = document.querySelector('[data-keys]')
const OFF = 'inbox-keys-off'

const off = () => {
  try { return localStorage.getItem(OFF) === '1' } catch { return false }
}
const remember = (on) => {
  try { on ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, '1') } catch { /* this page only */ }
}

if (place) {
  const help = place.querySelector('dialog')
  const box = place.querySelector('[data-keys-on]')
  let on = !off()
  place.hidden = false
  box.checked = on
  box.addEventListener('change', () => { on = box.checked; remember(on) })
  place.querySelector('[data-keys-help]').addEventListener('click', () => help.showModal())

  const rows = () => [...document.querySelectorAll('a[id^="item-"]')]
  const here = () => document.activeElement?.closest('tr, li')?.querySelector('a[id^="item-"]')
  // In the list the next line has the focus; beside an open comment the next one opens.
  const move = (by) => {
    const all = rows()
    const open = all.find((row) => row.ariaCurrent)
    const at = all.indexOf(open ?? here())
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)]
    if (!open) next?.focus()
    else if (next !== open) location.assign(next.href)
  }
  const acts = {
    j: () => move(1),
    k: () => move(-1),
    r: () => {
      const write = document.getElementById('write')
      if (write) { write.open = true; write.querySelector('textarea')?.focus() }
      else if (here()) location.assign(`${here().href}#write`)
    },
    t: () => document.querySelector('[data-key="t"]')?.click(),
    x: () => here()?.closest('tr')?.querySelector('input[type=checkbox]')?.click(),
    '/': () => document.getElementById('id_words')?.focus(),
    u: () => document.querySelector('a.sg-back, .sg-back a')?.click(),
    '?': () => help.showModal()
  }
  document.addEventListener('keydown', (event) => {
    if (!on || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (help.open || event.target.closest('input, textarea, select, [contenteditable]')) return
    const act = acts[event.key]
    if (!act) return
    event.preventDefault()
    act()
  })
}
