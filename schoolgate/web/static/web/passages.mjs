// Words selected in a post fill in the comment on them. Without this a sentence is chosen, or the words are typed.
const texts = document.querySelector('[data-passages]')
const fold = document.querySelector('[data-comment-fold]')
const field = document.querySelector('#id_passage')

// What is deleted or only read out is no part of the text.
function words (selection) {
  const part = selection.getRangeAt(0).cloneContents()
  for (const each of part.querySelectorAll('del, .govuk-visually-hidden, .sg-passage__number')) each.remove()
  return part.textContent.replace(/\s+/g, ' ').trim()
}

document.addEventListener('selectionchange', () => {
  const selection = document.getSelection()
  if (!texts || !field || !selection.rangeCount || selection.isCollapsed) return
  const text = selection.anchorNode?.parentElement?.closest('.sg-side__text')
  if (!text || !texts.contains(text) || !text.contains(selection.focusNode)) return
  const chosen = words(selection)
  if (!chosen || chosen.length > 300) return
  field.value = chosen
  if (fold) fold.open = true
})
