// Starts the few scripts that make a page better; every page works without them.
import { Button } from './govuk/button.mjs'
import { CharacterCount } from './govuk/character-count.mjs'
import { ErrorSummary } from './govuk/error-summary.mjs'
import { startForms } from './forms.mjs'
import { startRefreshes } from './refreshes.mjs'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')

// Sentences that the scripts show come from the page, in its language.
const words = document.getElementById('sg-words')
const said = words ? JSON.parse(words.textContent) : {}

const parts = [
  ['govuk-button', Button, { preventDoubleClick: true }],
  ['govuk-character-count', CharacterCount, { i18n: said['character-count'] }],
  ['govuk-error-summary', ErrorSummary, undefined]
]

function start (root) {
  for (const [name, Part, config] of parts) {
    for (const element of root.querySelectorAll(`[data-module="${name}"]`)) {
      if (element.hasAttribute(`data-${name}-init`)) continue
      try { new Part(element, config) } catch (error) { console.warn(error) }
    }
  }
}

start(document)
startForms()
startRefreshes()

// The service worker shows the emergency numbers where there is no network. Only for who is signed in.
if (document.body.dataset.who && navigator.serviceWorker) {
  navigator.serviceWorker.register('/service-worker.js').catch(() => {})
  navigator.serviceWorker.ready.then((ready) => ready.active.postMessage({ language: document.documentElement.lang }))
}
document.addEventListener('htmx:afterSwap', (event) => start(event.target))
