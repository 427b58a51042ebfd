// The calendar of posts: drag a post to another day. Fills in the form "Move a post" and sends it, which does the same by
// keyboard; without this nothing is missing.

const form = document.querySelector('#move form')
const days = document.querySelector('[data-plan]')

function dayOf (event) {
  return event.target.closest('[data-day]')
}

let dragged = ''

document.addEventListener('dragstart', (event) => {
  const post = event.target.closest?.('[data-post]')
  dragged = post ? post.dataset.post : ''
  if (post) event.dataTransfer.setData('text/plain', dragged)
})

if (form && days) {
  days.addEventListener('dragover', (event) => {
    if (dragged && dayOf(event)) event.preventDefault()
  })
  days.addEventListener('drop', (event) => {
    const day = dayOf(event)
    const choice = [...form.elements.post.options].find((option) => option.value === dragged)
    if (!day || !choice) return
    event.preventDefault()
    const asks = days.querySelector(`[data-post="${dragged}"]`)?.dataset.asks
    if (asks) { // its approval would end: the form says so first
      location.assign(`${asks}&day=${day.dataset.day}#move`)
      return
    }
    form.elements.post.value = dragged
    form.elements.day.value = day.dataset.day
    form.elements.time.value = ''
    form.requestSubmit(form.querySelector('button[value="move"]'))
  })
}
