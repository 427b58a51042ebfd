// Words selected in what was found are added to the words to cover. Without this they are typed.
const field = document.querySelector('#id_more')
const choice = document.querySelector('input[name="decision"][value="covered"]')
const named = document.querySelector('label[for="id_more"]')

if (field && named) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'govuk-button govuk-button--secondary sg-cover'
  button.textContent = field.dataset.press
  button.hidden = true
  document.body.append(button)

  const chosen = () => {
    const selection = document.getSelection()
    if (!selection.rangeCount || selection.isCollapsed) return ''
    const text = selection.anchorNode?.parentElement?.closest('[data-cover]')
    if (!text || !text.contains(selection.focusNode)) return ''
    return selection.toString().replace(/\s+/g, ' ').trim()
  }

  document.addEventListener('selectionchange', () => {
    const words = chosen()
    button.hidden = !words || words.length > 300
  })
  // A press must not take the selection away before it is read.
  button.addEventListener('pointerdown', (event) => event.preventDefault())
  button.addEventListener('click', () => {
    const words = chosen()
    if (!words) return
    field.value = [field.value.trimEnd(), words].filter(Boolean).join('\n')
    if (choice) choice.checked = true
    document.getSelection().removeAllRanges()
    button.hidden = true
    field.dispatchEvent(new Event('input', { bubbles: true }))
  })
}
