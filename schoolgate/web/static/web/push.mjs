// Turns notifications on in this browser: asks it, and puts its answer into the form. Without it the page says so.

const form = document.querySelector('[data-push]')

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))

async function subscribed (key) {
  if (await Notification.requestPermission() !== 'granted') throw new Error('not allowed')
  const registration = await navigator.serviceWorker.ready
  // A subscription to another key, from before a home was made anew, would never be heard.
  await (await registration.pushManager.getSubscription())?.unsubscribe()
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: toBytes(key) })
}

if (form && navigator.serviceWorker && window.PushManager && window.Notification) {
  const trouble = form.querySelector('[data-push-trouble]')
  const button = form.querySelector('button')
  form.hidden = false
  document.querySelector('[data-push-none]').hidden = true
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    trouble.hidden = true
    button.disabled = true
    try {
      form.elements.subscription.value = JSON.stringify(await subscribed(form.dataset.push))
      form.submit()
    } catch {
      button.disabled = false
      trouble.hidden = false
      trouble.focus()
    }
  })
}
