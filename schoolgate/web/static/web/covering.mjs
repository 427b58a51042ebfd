// Words selected in what was found are added to the words to cover. Without this they are typed.
const field = document.querySelector('#id_more')
const choice = document.querySelector('input[name="decision"][value="covered"]')
const card = document.querySelector('[data-cover]')?.closest('.sg-card')

if (field && card) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'govuk-button govuk-button--secondary'
  button.textContent = field.dataset.press

  const chosen = () => {
    const selection = document.getSelection()
    if (!selection.rangeCount || selection.isCollapsed) return ''
    const text = selection.anchorNode?.parentElement?.closest('[data-cover]')
    if (!text || !text.contains(selection.focusNode)) return ''
    return selection.toString().replace(/\s+/g, ' ').trim()
  }

  // The button is there only while words are selected.
  document.addEventListener('selectionchange', () => {
    const words = chosen()
    if (words && words.length <= 300) {
      if (!button.isConnected) card.after(button)
    } else if (document.activeElement !== button) button.remove()
  })
  // A press must not take the selection away before it is read.
  button.addEventListener('pointerdown', (event) => event.preventDefault())
  button.addEventListener('click', () => {
    const words = chosen()
    if (!words) return
    field.value = [field.value.trimEnd(), words].filter(Boolean).join('\n')
    if (choice) choice.checked = true
    document.getSelection().removeAllRanges()
    button.remove()
    field.dispatchEvent(new Event('input', { bubbles: true }))
  })
}
