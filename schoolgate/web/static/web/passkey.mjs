// Passkeys: asks the device and puts its answer into the form. Without this script the pages offer the other ways.
//
// [data-passkey-way] is hidden until the browser is known to be able. In it, <form data-passkey="create|get|sign-in">
// holds a hidden input `credential`, a [data-passkey-button], and a [data-passkey-trouble] for when the device declines.

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))

const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

const readable = (list) => (list ?? []).map((one) => ({ ...one, id: toBytes(one.id) }))

async function create (options) {
  const asked = options.publicKey
  const made = await navigator.credentials.create({
    publicKey: {
      ...asked,
      challenge: toBytes(asked.challenge),
      user: { ...asked.user, id: toBytes(asked.user.id) },
      excludeCredentials: readable(asked.excludeCredentials)
    }
  })
  return {
    ...common(made),
    response: {
      clientDataJSON: toText(made.response.clientDataJSON),
      attestationObject: toText(made.response.attestationObject),
      transports: made.response.getTransports?.() ?? []
    }
  }
}

async function get (options) {
  const asked = options.publicKey
  const found = await navigator.credentials.get({
    publicKey: { ...asked, challenge: toBytes(asked.challenge), allowCredentials: readable(asked.allowCredentials) }
  })
  const { clientDataJSON, authenticatorData, signature, userHandle } = found.response
  return {
    ...common(found),
    response: {
      clientDataJSON: toText(clientDataJSON),
      authenticatorData: toText(authenticatorData),
      signature: toText(signature),
      userHandle: userHandle ? toText(userHandle) : null
    }
  }
}

const common = (credential) => ({
  id: credential.id,
  rawId: toText(credential.rawId),
  type: credential.type,
  authenticatorAttachment: credential.authenticatorAttachment,
  clientExtensionResults: credential.getClientExtensionResults()
})

const written = () => JSON.parse(document.getElementById('passkey-options').textContent)

async function fetched (form) {
  const answer = await fetch(form.action, { headers: { Accept: 'application/json' } })
  if (!answer.ok) throw new Error(`${answer.status}`)
  return (await answer.json()).request_options
}

const ways = {
  create: async () => create(written().creation_options),
  get: async () => get(written().request_options),
  'sign-in': async (form) => get(await fetched(form))
}

for (const form of document.querySelectorAll('[data-passkey]')) {
  const button = form.querySelector('[data-passkey-button]')
  const trouble = form.querySelector('[data-passkey-trouble]')
  if (!window.PublicKeyCredential) continue
  form.closest('[data-passkey-way]').hidden = false
  button.addEventListener('click', async (event) => {
    event.preventDefault()
    trouble.hidden = true
    button.disabled = true
    try {
      form.elements.credential.value = JSON.stringify(await ways[form.dataset.passkey](form))
      form.submit()
    } catch {
      button.disabled = false
      trouble.hidden = false
      trouble.focus()
    }
  })
}
