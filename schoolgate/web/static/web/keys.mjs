// A key on the screen: copied with one press, hidden again after a minute. The page works without it.
const shown = document.querySelector('[data-shown]')

if (shown) {
  const said = shown.querySelector('[data-said]')
  const secrets = shown.querySelector('[data-secrets]')

  const hide = () => {
    secrets.replaceChildren()
    said.textContent = said.dataset.hidden
  }
  setTimeout(hide, Number(shown.dataset.hideAfter) * 1000)
  // A page that the browser kept for the way back shows nothing.
  window.addEventListener('pageshow', (event) => { if (event.persisted) hide() })
  window.addEventListener('pagehide', hide)

  if (navigator.clipboard) {
    for (const place of shown.querySelectorAll('[data-copying]')) place.hidden = false
    shown.addEventListener('click', async (event) => {
      const button = event.target.closest('[data-copy]')
      if (!button) return
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent)
      said.textContent = said.dataset.copied
    })
  }
}
